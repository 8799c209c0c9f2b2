"""Whether everything derived is up to date and complete."""
