"""The format `medline`."""
