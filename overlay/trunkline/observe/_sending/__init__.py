"""Destinations, and what delivers records to them."""
