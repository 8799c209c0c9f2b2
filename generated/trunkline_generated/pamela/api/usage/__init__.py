# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
"""Contains endpoint functions for accessing the API"""
