"""What a contract offers, and values that fit it."""
