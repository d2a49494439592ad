"""Tax and papers: what is kept back, invoices, statements, numbers without a gap."""
