"""One question, for who answers it."""
