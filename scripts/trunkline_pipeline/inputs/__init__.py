"""The pinned inputs: contracts, patches and templates, read and checked."""
