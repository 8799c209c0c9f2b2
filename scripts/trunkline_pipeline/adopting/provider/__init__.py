"""A new provider: an adoption from nothing."""
