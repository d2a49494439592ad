"""Cleanit: neighbours pay, a cleaner cleans, everybody sees where the money is."""
