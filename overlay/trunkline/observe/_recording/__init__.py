"""From events to sessions, and from sessions to records; no I/O."""
