"""Photos: taken apart, made small, scanned, kept."""
