"""The generated client and the overlay on it, read from source."""
