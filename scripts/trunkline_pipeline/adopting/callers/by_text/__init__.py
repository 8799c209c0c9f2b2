"""Uses of changed operations that are found by their text, where no types are known."""
