"""Pieces that live in the browser: each has its Python wrapper and its script beside it."""
