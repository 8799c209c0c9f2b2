"""Checks that all derived files are up to date and complete."""
