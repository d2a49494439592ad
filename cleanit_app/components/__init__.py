"""Stateless pieces of the design system; they import the domain and the words, never a State."""
