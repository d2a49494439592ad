"""The parts of production that run on this machine."""
