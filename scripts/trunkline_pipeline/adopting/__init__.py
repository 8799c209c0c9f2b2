"""Adopt a changed contract: take its new document, and edit the code that uses the old one."""
