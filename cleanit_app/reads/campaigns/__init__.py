"""Campaigns: found, listed, shown whole, with what happened to them."""
