"""People and admins."""
