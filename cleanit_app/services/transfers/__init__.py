"""Calls that move money, whatever they move it for."""
