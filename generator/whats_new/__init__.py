"""New papers: their page, and the file that scripts read."""
