"""What each format knows, once, for reading and for writing; nothing here knows the shelf."""
