"""What every provider of the sandbox builds on: state, HTTP, faults, time and webhooks."""
