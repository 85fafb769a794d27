"""The format `arxiv-rss`."""
