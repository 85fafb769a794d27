"""The format `oai-pmh`."""
