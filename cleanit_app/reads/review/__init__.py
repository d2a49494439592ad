"""Work that waits for a decision, and results that are questioned."""
