"""The format `issue-form`."""
