"""The provider's book beside ours, every night."""
