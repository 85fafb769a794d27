"""Topics: the taxonomy that curators write, and the rules that put papers under topics."""
