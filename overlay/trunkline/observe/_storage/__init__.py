"""The journal of a process, and the thread that writes it."""
