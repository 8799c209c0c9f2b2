"""The overlay's source, read without importing any of it, and paired with the contract."""
