"""Statistics of a shelf: counts, the page, trends."""
