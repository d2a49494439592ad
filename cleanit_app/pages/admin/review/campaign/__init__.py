"""One campaign, whole, for admins."""
