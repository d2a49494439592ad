"""One cleanup to check, before beside after."""
