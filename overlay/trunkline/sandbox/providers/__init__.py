"""The mock providers, one module or package each."""
