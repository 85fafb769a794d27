"""The format `jsonl`."""
