"""The requests and results of the overlay, probed in a separate process."""
