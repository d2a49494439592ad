"""Adapters, met at the real edge of the outside thing or its stand-in."""
