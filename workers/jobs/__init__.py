"""Jobs: each parses ids, opens a unit of work and calls one service. They are named by string."""
