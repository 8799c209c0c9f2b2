"""Loads the rows of a campaign from a file."""
