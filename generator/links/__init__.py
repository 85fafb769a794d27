"""Links between papers: which are related and why, and the indexes that lists are made from."""
