"""A payment while one waits for it, and what a person gave."""
