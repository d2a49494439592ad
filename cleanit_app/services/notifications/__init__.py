"""Who hears about what, and how it reaches them."""
