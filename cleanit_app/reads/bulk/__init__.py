"""Questions about runs over many things: the dry run before, the results after."""
