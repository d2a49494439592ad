"""Deciding: campaigns, after-photos, disputes, jobs that nobody finished."""
