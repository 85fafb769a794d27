"""Fact tables: their file, their rows, their pages, and the links to them from other pages."""
