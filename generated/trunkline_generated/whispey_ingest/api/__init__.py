# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
"""Contains methods for accessing the API"""
