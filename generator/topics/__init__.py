"""Topics: the taxonomy that curators write, and the rule that puts a paper under each."""
