"""The control endpoints, and a client for them."""
