"""Bibliographies: BibTeX, RIS and CSL-JSON, and what their names, dates and fields have in common."""
