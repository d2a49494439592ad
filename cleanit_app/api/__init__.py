"""The REST door: translates requests into questions and services, and answers into JSON; nothing else."""
