"""Rules about what the overlay's source says."""
