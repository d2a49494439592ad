"""Who is signed in, where, and how safely."""
