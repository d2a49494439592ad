"""The cleaner's own jobs."""
