"""The search index: what it holds and how it is written."""
