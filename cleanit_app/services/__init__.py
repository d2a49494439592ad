"""What people and the clock can cause: one function for each, inside a unit of work the caller opened."""
