"""Jobs: opened, taken, given back, out of time, stuck."""
