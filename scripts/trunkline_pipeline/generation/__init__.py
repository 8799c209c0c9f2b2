"""From patched contracts to the generated packages."""
