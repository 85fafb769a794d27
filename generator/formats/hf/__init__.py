"""The format `hf`."""
