"""The catalogue itself, one module for each area, so that several people can write at once."""
