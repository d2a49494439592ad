"""Searching: normal form, sounds, what is stored and asked."""
