"""Write a new provider from a document."""
