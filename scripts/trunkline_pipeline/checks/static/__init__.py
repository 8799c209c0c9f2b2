"""What the overlay's source says, read without importing any of it."""
