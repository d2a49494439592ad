"""Judging work: the after-photo, the decision, doubts about it, taking it back."""
