"""The one session that every request takes; provider rooms import its modules by name."""
