"""Living with a changed contract: take a new document in, and edit what stands on the old one."""
