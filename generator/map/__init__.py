"""The map of papers: positions, layout, the page and its data."""
