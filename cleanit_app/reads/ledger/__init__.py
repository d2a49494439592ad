"""Money as sums and lists of the ledger."""
