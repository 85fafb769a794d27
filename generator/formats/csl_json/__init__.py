"""The format `csl-json`."""
