"""Real bibliographies field by field beside what other libraries read in them: every difference is one that is explained."""

import unicodedata
from collections import Counter

import pytest
import rispy
from pybtex import errors
from pybtex.backends.plaintext import Backend
from pybtex.database.input.bibtex import Parser
from pybtex.richtext import Text
from support import SHARED

from generator.formats.bibtex.read import import_bibtex
from generator.formats.ris.read import import_ris
from generator.formats.values import TextFile
from generator.text.maths import plain

AS_TEXT = Backend()
CORPORA = SHARED / "corpora"
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the shared corpora are not here")

EXPLAINED = {
    "a command of TeX that pybtex does not know, and shows by its name": lambda theirs, _: "\\" in theirs,
    "an address of a DOI, of which we keep the DOI": lambda theirs, ours: theirs == f"doiorg{ours}",
    "a journal that only JA names, which we take where no other tag names it": lambda theirs, ours: not theirs and bool(ours),
}  # fmt: skip
"""Each kind of difference that is right, by why it is, and what shows that a difference is of this kind."""


def simplify(text):
    """Return the letters, digits and backslashes of a text: spaces and punctuation are each program's own."""
    said = unicodedata.normalize("NFC", plain(text)).casefold()
    return "".join(sign for sign in said if sign.isalnum() or sign == "\\")


def compare(theirs, ours):
    """Return the kinds of all differences by how often they occur, how many values were compared, and what is not explained."""
    kinds, unexplained = Counter(), []
    for field, said in theirs.items():
        mine, yours = map(simplify, (ours[field], said))
        if mine != yours:
            yours = yours.replace("http", "").replace("dx", "") if field == "doi" else yours
            why = next((kind for kind, fits in EXPLAINED.items() if fits(yours, mine)), "")
            kinds[why] += 1
            unexplained += [] if why else [(field, said, ours[field])]
    return kinds, len(theirs), unexplained


def list_facts(paper):
    """Return the values of a paper by what they are, as text."""
    people = {
        "authors": "; ".join(author.shown for author in paper.authors),
        "editors": "; ".join(editor.shown for editor in paper.list_editors()),
    }
    names = ("title", "abstract", "venue", "volume", "issue", "pages", "publisher", "language")
    values = {name: getattr(paper, name) for name in names}
    return people | values | {"year": paper.published[:4], "doi": "".join(paper.links.get("doi", ()))}


def read_bibtex_otherwise(text):
    """Yield the key and the values of each entry, as pybtex reads them."""
    parser = Parser()
    with errors.capture():
        parser.parse_string(text)
    for key, entry in parser.data.entries.items():

        def take(*names, entry=entry):
            return next(
                (show(entry.fields[name]) for name in names if entry.fields.get(name, "").strip()), ""
            )

        yield (
            key,
            {
                "authors": "; ".join(map(show_person, entry.persons.get("author", ()))),
                "editors": "; ".join(map(show_person, entry.persons.get("editor", ()))),
                "title": take("title"),
                "abstract": take("abstract"),
                "venue": take(
                    "journaltitle", "journal", "booktitle", "school", "institution", "howpublished"
                ),
                "volume": take("volume"),
                "issue": take("number", "issue"),
                "pages": take("pages"),
                "publisher": take("publisher"),
                "language": take("langid", "language"),
                "year": take("year", "date")[:4],
                "doi": entry.fields.get("doi", ""),
            },
        )


def show(tex):
    return Text.from_latex(tex).render(AS_TEXT)


def show_person(person):
    names = (person.first_names, person.middle_names, person.prelast_names, person.last_names, person.lineage_names)  # fmt: skip
    return show(" ".join(name for part in names for name in part))


def read_ris_otherwise(text, name):
    """Return the values of each entry, as rispy reads them."""
    parser = rispy.WokParser if "wos" in name else rispy.RisParser
    for entry in rispy.loads(text, implementation=parser):

        def take(*names, entry=entry):
            return next((entry[name] for name in names if entry.get(name)), "")

        pages = filter(None, (take("start_page", "beginning_page"), take("end_page", "ending_page")))
        authors = take("author_full_name", "authors", "first_authors")
        yield {
            "authors": "; ".join(" ".join(reversed(author.split(","))) for author in authors),
            "title": take("title", "primary_title", "document_title"),
            "abstract": take("abstract", "notes_abstract"),
            "venue": take("secondary_title", "journal_name", "alternate_title3", "publication_name"),
            "volume": take("volume"),
            "issue": take("number", "issue"),
            "pages": "-".join(pages),
            "publisher": take("publisher"),
            "language": take("language"),
            "year": take("year", "publication_year")[:4],
            "doi": take("doi"),
        }


def pair_bibtex():
    for path in sorted((CORPORA / "bibtex").glob("*.bib")):
        text = path.read_text(encoding="utf-8")
        drafts = import_bibtex([TextFile(name=path.name, text=text)], "").drafts
        ours = {draft.paper.sources[0].entry.lower(): draft.paper for draft in drafts}
        for key, theirs in read_bibtex_otherwise(text):
            assert key.lower() in ours or not theirs["title"], f"{path.name}: {key} is lost"
            if key.lower() in ours:
                yield theirs, list_facts(ours[key.lower()])


def pair_ris():
    for path in sorted((CORPORA / "ris").glob("*.ris")):
        text = path.read_text(encoding="utf-8-sig")
        drafts = {draft.place.line: draft.paper for draft in import_ris([TextFile(name=path.name, text=text)], "").drafts}  # fmt: skip
        theirs = list(read_ris_otherwise(text, path.name))
        if len(theirs) == len(drafts):  # entries without a title are none of ours
            yield from ((one, list_facts(paper)) for one, paper in zip(theirs, drafts.values(), strict=True))
        else:
            assert not any(one["title"] for one in theirs), f"{path.name}: entries are lost"


def test_every_value_is_that_of_another_reader_or_explained():
    kinds, number, unexplained = Counter(), 0, []
    for theirs, ours in [*pair_bibtex(), *pair_ris()]:
        found, compared, left = compare(theirs, ours)
        kinds, number, unexplained = kinds + found, number + compared, unexplained + left
    assert number > 600
    assert not unexplained, f"{len(unexplained)} of {number} values: {unexplained}"
    assert set(kinds) == set(EXPLAINED), "a kind of difference that no longer occurs"
