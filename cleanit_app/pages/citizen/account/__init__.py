"""The page of one's account."""
