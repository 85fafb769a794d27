"""Smaller versions of the pictures of papers, for lists and narrow windows."""
