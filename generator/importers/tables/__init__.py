"""Tables: CSV with columns by header name."""
