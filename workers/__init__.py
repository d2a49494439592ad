"""Work that happens outside a request: queues, their workers and the clock."""
