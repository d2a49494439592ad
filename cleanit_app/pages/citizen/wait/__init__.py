"""What became of a payment."""
