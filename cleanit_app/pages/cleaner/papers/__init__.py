"""A cleaner's papers."""
