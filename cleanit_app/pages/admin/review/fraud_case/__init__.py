"""One case of possible fraud."""
