"""Comparing two schemas."""
