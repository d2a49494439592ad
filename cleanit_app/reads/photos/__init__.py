"""Where the sizes of a photo are, and its original for the few who may see it."""
