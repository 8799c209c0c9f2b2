"""Find the edits between two documents and the operations they reach."""
