"""People as the house knows them: cleaners let in, IDs, bank accounts, contacts, admins, pauses."""
