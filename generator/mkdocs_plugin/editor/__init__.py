"""The editor of records in a preview: its requests, its form, and what it writes. No build contains any of it."""
