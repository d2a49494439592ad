"""What may happen: rules, statuses, money and permissions, in pure Python."""
