"""What the overlay does on the wire, found out in a process of its own."""
