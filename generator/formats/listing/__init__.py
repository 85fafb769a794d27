"""The format `listing`."""
