"""What pages share: who is here, doing a thing, asking a question, hearing news."""
