"""What several pages share: views of records, Markdown with escaping, charts, tables, pagers, head tags."""
