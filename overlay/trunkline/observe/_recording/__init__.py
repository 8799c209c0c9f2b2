"""Turns events into sessions, and sessions into records; no I/O."""
