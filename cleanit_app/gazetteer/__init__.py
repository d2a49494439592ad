"""The places of India by name, PIN code and position, from files that `make_places` makes; no database, no network."""
