"""Features that are switched for few, for all, or off at once (OPS-06)."""
