"""The records of a shelf: read, checked, merged, edited and written."""
