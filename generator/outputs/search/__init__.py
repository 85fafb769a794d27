"""The search index: static files from which a reader's browser loads only what its query needs.

`words` splits texts, `entries` finds the terms of papers, `blocks` packs terms and postings, `store` packs cards and
columns, `index` puts the files together. The reader's side is in theme_overrides/assets/papershelf/search/.
"""
