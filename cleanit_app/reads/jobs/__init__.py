"""Jobs that can be taken, that are in hand, that nobody finishes."""
