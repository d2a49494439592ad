"""People, admins, and everything that is kept about one person."""
