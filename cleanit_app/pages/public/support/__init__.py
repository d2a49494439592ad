"""Asking support, and reading the answers."""
