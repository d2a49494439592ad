"""People walking through the running Cleanit in a browser."""
