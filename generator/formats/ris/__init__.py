"""The format `ris`."""
