"""Destinations, and the threads that deliver records to them."""
