"""New papers: their page, and a data file for scripts."""
