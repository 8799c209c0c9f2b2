"""From handwritten async modules to their sync twins."""
