"""The rows of campaigns in PostgreSQL."""
