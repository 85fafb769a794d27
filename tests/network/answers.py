"""Invented answers of the three services about invented papers."""

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<updated>2025-03-11T22:09:26Z</updated>{entries}</feed>"""
ENTRY = """<entry><id>http://arxiv.org/abs/{key}v2</id><title>{title}</title><summary>About owls.</summary>
<published>2024-01-03T10:00:00Z</published><arxiv:comment>{comment}</arxiv:comment>{doi}
<author><name>Ada Owl</name></author><author><name>Ben Wren</name></author></entry>"""
WORK = {
    "id": "https://openalex.org/W42",
    "doi": "https://doi.org/10.1234/owls.42",
    "title": "Owls at Night",
    "publication_date": "2024-05-06",
    "authorships": [
        {"author": {"display_name": "Ada Owl", "orcid": "https://orcid.org/0000-0002-1825-0097"}},
        {"author": {"display_name": "Ben Wren"}},
    ],
    "primary_location": {"source": {"display_name": "Journal of Owls", "type": "journal"}},
    "locations": [{"landing_page_url": "http://arxiv.org/abs/2401.00042"}],
    "biblio": {"volume": "3", "issue": "2", "first_page": "1", "last_page": "9"},
}
MESSAGE = {
    "DOI": "10.1234/OWLS.42",
    "type": "journal-article",
    "title": ["Owls at <i>Night</i>"],
    "author": [
        {"given": "Ada", "family": "Owl", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
        {"given": "Ben", "family": "Wren"},
    ],
    "issued": {"date-parts": [[2024, 5]]},
    "container-title": ["Journal of Owls"],
    "volume": "3",
    "issue": "2",
    "page": "1-9",
}


def feed(*entries):
    return FEED.format(entries="".join(entries))


def entry(key="2401.00042", title="Owls at Night", comment="9 pages", doi=""):
    doi = f"<arxiv:doi>{doi}</arxiv:doi>" if doi else ""
    return ENTRY.format(key=key, title=title, comment=comment, doi=doi)
