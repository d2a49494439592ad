"""The recordings and pictures of the guides: filmed on a running Cleanit by `make tutorials`, kept in `assets`."""
