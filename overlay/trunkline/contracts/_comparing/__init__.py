"""Find the edits between two documents and the operations that they reach."""
