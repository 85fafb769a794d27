"""Fast printing of paper pages: MkDocs renders one of them, the plate, and the press fills in each paper's words.

`plate` has the page that is rendered and cuts it where words go in; `printer` turns the Markdown of a paper into HTML
and puts it in. Both work on strings and know no MkDocs.
"""
