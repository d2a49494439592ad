"""Campaigns: started, let in, over, and put away."""
