"""The operations and webhooks of a contract, and values that fit it."""
