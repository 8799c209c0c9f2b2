"""`make bench`: the cost of the engine compared with plain httpx and other SDKs."""
