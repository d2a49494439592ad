"""One thing done to many: the dry run, the order, and how far it is."""
