"""What the clock will do, what failed, and what the database may write down."""
