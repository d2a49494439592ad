"""The house itself: its first page, what failed, what admins did, their second factor."""
