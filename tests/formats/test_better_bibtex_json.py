"""A Zotero library to drafts: people in their roles, the field for everything else, tags, and collections inside each other."""

import json

from generator.formats.better_bibtex_json.read import import_better_bibtex_json
from generator.formats.detect import detect_format
from generator.formats.registry import read_files
from generator.formats.values import TextFile

ITEM = {
    "itemID": 1, "key": "AB12", "citationKey": "owl24", "itemType": "journalArticle", "title": "Nests of <i>Strix</i> &amp; friends",
    "creators": [
        {"creatorType": "author", "firstName": "Jane", "lastName": "Owl"}, {"creatorType": "author", "name": "Nest Team"},
        {"creatorType": "editor", "firstName": "Ann", "lastName": "Lark"}, {"creatorType": "translator", "firstName": "Al", "lastName": "Dove"},
    ],
    "date": "2024-03-05", "DOI": "10.1000/nest.1", "url": "https://nests.example.org/1", "publicationTitle": "Journal of Nests",
    "journalAbbreviation": "J. Nests", "volume": "3", "issue": "2", "pages": "11-19", "abstractNote": "They nest.", "language": "en",
    "extra": "Citation Key: owl24\narXiv: 2403.00001\ntex.xref = x", "tags": [{"tag": "owl"}, "nest"], "libraryCatalog": "Nests", "ISSN": "1234-5678",
    "attachments": [{"itemType": "attachment", "path": "/home/jane/1.pdf"}], "notes": [], "relations": {}, "dateAdded": "2024-04-01",
}  # fmt: skip
LIBRARY = {
    "config": {"id": "36a3b0b5", "label": "BetterBibTeX JSON", "options": {"exportNotes": True}},
    "collections": {
        "c1": {"key": "c1", "name": "Birds", "collections": ["c2"], "items": []},
        "c2": {"key": "c2", "name": "Owls", "parent": "c1", "collections": [], "items": [1]},
        "c3": {"key": "c3", "name": "To read", "parent": False, "collections": [], "items": [1]},
        "c4": {"key": "c4", "name": "Loop", "parent": "c4", "collections": [], "items": []},
    },
    "items": [ITEM],
}


def read(value):
    text = json.dumps(value, indent=1)
    assert detect_format("x.json", text) == "better-bibtex-json"
    return import_better_bibtex_json([TextFile(name="zotero.json", text=text)], "")


def test_an_item_becomes_a_draft_with_its_collections():
    batch = read(LIBRARY)
    (draft,) = batch.drafts
    paper = draft.paper
    assert (paper.title, paper.abstract, paper.published) == (
        "Nests of Strix & friends",
        "They nest.",
        "2024-03-05",
    )
    assert ([a.name for a in paper.authors], paper.editors) == (["Owl, Jane", "Nest Team"], ("Lark, Ann",))
    assert (paper.venue, paper.venue_type, paper.volume, paper.issue, paper.pages) == (
        "Journal of Nests", "journal", "3", "2", "11-19",
    )  # fmt: skip
    assert paper.links == {
        "arxiv": ("2403.00001",), "doi": ("10.1000/nest.1",), "page": ("https://nests.example.org/1",),
    }  # fmt: skip
    assert paper.groups == {"tags": ("owl", "nest"), "collections": ("Birds > Owls", "To read")}
    assert paper.extra == {
        "translator": "Dove, Al", "extra": "tex.xref = x", "journalAbbreviation": "J. Nests", "ISSN": "1234-5678",
    }  # fmt: skip
    assert (paper.sources[0].entry, batch.problems) == ("owl24", ())


def test_collections_become_groups_of_the_import():
    batch = read_files("better-bibtex-json", [TextFile(name="z.json", text=json.dumps(LIBRARY))], "", {})
    assert batch.drafts[0].paper.groups["collections"] == ("Birds > Owls", "To read")


def test_a_note_of_its_own_is_no_paper_and_an_unknown_type_is_kept():
    batch = read(
        {"config": {}, "items": [ITEM | {"itemType": "note"}, ITEM | {"itemType": "film", "itemID": 9}]}
    )
    assert [(p.code, p.severity) for p in batch.problems] == [("not-an-entry", "note")]
    (draft,) = batch.drafts
    assert (draft.paper.venue_type, draft.paper.extra["itemType"]) == (None, "film")
    assert "collections" not in draft.paper.groups


def test_a_doubtful_date_is_kept():
    batch = read({"config": {}, "items": [ITEM | {"date": "2/2017"}, ITEM | {"date": "03/05/2017"}]})
    dates = [(d.paper.published, dict(d.paper.sources[0].claims)) for d in batch.drafts]
    assert dates == [("2017-02", {}), ("2017", {"published": "03/05/2017"})]
