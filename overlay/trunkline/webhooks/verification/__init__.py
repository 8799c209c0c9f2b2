"""Verification of deliveries: secrets, canonical JSON, addresses behind proxies."""
