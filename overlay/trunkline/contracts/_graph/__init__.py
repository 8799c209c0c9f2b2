"""Units of a document, their pairs, the references between them, and which of them reach which."""
