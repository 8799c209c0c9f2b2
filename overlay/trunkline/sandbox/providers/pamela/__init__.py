"""Pamela in the sandbox."""
