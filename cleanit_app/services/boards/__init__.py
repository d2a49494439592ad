"""The boards: figures kept by the clock."""
