"""What touches the disk where others may have put something: names, links, this machine's own files, transactions."""
