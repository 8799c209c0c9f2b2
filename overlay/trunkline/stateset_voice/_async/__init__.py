"""The async source of the StateSet Voice resources; the sync twin is derived from it."""
