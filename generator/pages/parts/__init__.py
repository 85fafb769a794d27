"""Shared by several pages: views of records, Markdown with escaping, charts, tables, pagers, head tags."""
