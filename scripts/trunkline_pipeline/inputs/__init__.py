"""What is pinned: contracts, patches and templates, read and checked."""
