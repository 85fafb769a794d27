"""The format `crossref`."""
