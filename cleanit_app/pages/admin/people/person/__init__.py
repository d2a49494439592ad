"""One person, whole, for admins."""
