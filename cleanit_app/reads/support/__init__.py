"""Questions to support, as both sides read them."""
