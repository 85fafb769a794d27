"""Paper lists in Markdown: which items name a paper, and what they say of it."""
