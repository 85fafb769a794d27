"""Pages: every URL once, records as flat views, and views as Markdown, where all escaping happens."""
