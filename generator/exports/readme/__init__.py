"""The shelf as the README of a list."""
