"""Pages of cleaners."""
