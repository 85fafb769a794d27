"""The search index: its contents and its files."""
