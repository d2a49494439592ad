"""One dispute, for who decides."""
