"""Demo data, made through the doors that people use."""
