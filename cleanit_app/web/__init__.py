"""What stands between the network and every page and endpoint."""
