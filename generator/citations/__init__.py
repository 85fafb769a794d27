"""References in the words of a style: its file is read, made into functions, and these write the reference of a paper."""
