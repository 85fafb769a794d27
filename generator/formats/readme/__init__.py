"""The format `readme`."""
