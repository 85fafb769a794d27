"""Reading paths: their file, what is checked and edited in it, their pages, and the links to them from other pages."""
