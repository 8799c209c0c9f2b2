"""Finds the lines of code that an edit concerns."""
