"""Types of names and expressions, inferred from source without importing it."""
