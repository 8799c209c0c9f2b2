"""Rules about the overlay's source."""
