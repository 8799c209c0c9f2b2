"""Edits of handwritten modules that keep every comment and every line that they do not concern."""
