"""Units of a document, their pairs, the references between them, and what reaches what."""
