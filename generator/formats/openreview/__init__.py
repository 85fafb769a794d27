"""The format `openreview`."""
