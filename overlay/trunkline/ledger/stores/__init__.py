"""Where the ledger keeps its records: an SQLite file, or a PostgreSQL database."""
