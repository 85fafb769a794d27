"""Related papers: vectors of their words and the nearest neighbours, with reasons."""
