"""What sources of deliveries check with: secrets, canonical JSON, addresses behind proxies."""
