"""What keeps the house running: failures kept, jobs of the clock watched, days caught up."""
