"""Related papers with their reasons, and which papers mention which."""
