"""Network requests, sent only on request: lookups, the link check, the live site."""
