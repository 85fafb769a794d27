"""The format `enw`."""
