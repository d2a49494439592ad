"""A Razorpay that runs on this machine: its own web program, reached only over HTTP and webhooks."""
