"""What the nightly checks found."""
