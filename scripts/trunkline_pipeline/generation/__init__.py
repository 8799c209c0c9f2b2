"""Generate packages from patched contracts."""
