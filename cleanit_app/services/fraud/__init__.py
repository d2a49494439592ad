"""Signs of fraud: looking for them, keeping them as cases, and what people decide about those (OPS-04)."""
