# Generated from api-contracts; do not edit. Change the contract, then run `make generate`.
"""Low-level clients, one package a contract. Nothing is imported before it is used."""
