"""The format `endnote-xml`."""
