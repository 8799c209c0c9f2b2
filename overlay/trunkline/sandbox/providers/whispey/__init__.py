"""Whispey in the sandbox: the REST API, and the ingest API that fills the same store."""
