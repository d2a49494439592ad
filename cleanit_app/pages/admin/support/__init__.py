"""Answering what people ask."""
