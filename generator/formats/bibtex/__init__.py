"""The format `bibtex`."""
