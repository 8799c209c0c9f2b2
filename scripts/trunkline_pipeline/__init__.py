"""From pinned contracts to committed code: render, compare, write."""
