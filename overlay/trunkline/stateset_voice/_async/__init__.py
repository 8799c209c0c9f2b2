"""The async source of the StateSet Voice room; the sync twin is derived from it."""
