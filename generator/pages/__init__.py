"""Pages: plans with one URL each, records as flat views, and views rendered as Markdown. All escaping happens here."""
