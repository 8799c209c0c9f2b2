"""The one road that every request takes; provider rooms import its modules by name."""
