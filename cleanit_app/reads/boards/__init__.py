"""The boards: what stands in the figures, and how the business is just now."""
