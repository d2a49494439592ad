"""Who is here, paused and reinstated."""
