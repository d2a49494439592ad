"""Money: what waits, what moved, what is stopped, and papers of the fee."""
