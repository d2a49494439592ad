"""Who somebody is before signing in: the account, the terms it accepted, whose a contact is."""
