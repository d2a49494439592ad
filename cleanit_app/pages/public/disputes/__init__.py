"""Disputes of whoever is here: raised, answered, decided, appealed."""
