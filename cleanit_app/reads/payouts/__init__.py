"""A cleaner's earnings and each payout's way."""
