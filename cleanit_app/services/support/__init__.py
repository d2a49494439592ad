"""Support: who needs help asks in the app, and is answered there (OPS-02)."""
