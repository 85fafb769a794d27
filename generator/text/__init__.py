"""Text of papers: LaTeX, mathematics, names, dates, words and stems."""
