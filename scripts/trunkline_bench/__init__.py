"""`make bench`: what the engine costs beside plain httpx and beside other SDKs."""
