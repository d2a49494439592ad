"""Invoices of the fee, and a cleaner's year."""
