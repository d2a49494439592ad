"""The books: every movement as lines that sum to zero, and the sums that must hold."""
