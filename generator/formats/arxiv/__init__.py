"""The format `arxiv`."""
