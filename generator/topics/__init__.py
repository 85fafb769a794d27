"""Topics: the curators' taxonomy, and the rules that put papers under topics."""
