"""The format `better-bibtex-json`."""
