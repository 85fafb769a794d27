"""Names of authors and venues: the file in which curators join and tell apart names, and who is meant by a name of a record."""
