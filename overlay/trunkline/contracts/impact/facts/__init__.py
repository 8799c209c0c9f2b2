"""What code does with a client, as values that can be cached."""
