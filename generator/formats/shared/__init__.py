"""Shared by several formats: building entries, bibliographic dates and names, JSON items, XML."""
