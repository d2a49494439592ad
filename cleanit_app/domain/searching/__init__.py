"""Searching: the one form in which text is stored to be found and asked for (JOB-03)."""
