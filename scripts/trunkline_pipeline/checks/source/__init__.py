"""The overlay's source, read without imports, and paired with the contract."""
