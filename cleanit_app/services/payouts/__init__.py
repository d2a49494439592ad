"""Pay: owed, held, sent, arrived, come back."""
