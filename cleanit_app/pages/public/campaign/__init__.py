"""One campaign and everything that happens to it."""
