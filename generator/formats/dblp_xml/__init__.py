"""The format `dblp-xml`."""
