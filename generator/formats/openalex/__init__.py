"""The format `openalex`."""
