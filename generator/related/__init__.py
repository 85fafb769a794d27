"""Related papers with their reasons, and mentions of papers in other papers."""
