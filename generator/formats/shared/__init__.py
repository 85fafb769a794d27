"""What several formats need: building an entry, dates and names of bibliographies, JSON items, XML."""
