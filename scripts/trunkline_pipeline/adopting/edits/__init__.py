"""Edits of handwritten modules that keep all comments and all unaffected lines."""
