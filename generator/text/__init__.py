"""Text as papers write it: remains of LaTeX, mathematics, and words with their stems."""
