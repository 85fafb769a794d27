"""Exports the shelf as the README of a reading list."""
