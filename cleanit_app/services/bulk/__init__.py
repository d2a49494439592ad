"""One thing done to many: a run is ordered, its rows are done one by one, and it can be broken off and continued."""
