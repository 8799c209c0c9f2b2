"""Reads code statement by statement, noting what it does with the libraries."""
