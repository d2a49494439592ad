"""Getting in and staying in: passwords, codes, sessions, second factors, and how often one may try."""
