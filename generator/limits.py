"""Every limit on files, entries and fields, with what happens beyond it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

MIB = 1024 * 1024

FILE_BYTES: Final = 64 * MIB
RECORD_BYTES: Final = MIB
DATA_BYTES: Final = 16 * MIB
STATE_BYTES: Final = 1024 * MIB
LINE_CHARACTERS: Final = MIB
ENTRIES: Final = 100_000
YAML_DEPTH: Final = 12
YAML_VALUES: Final = 400_000
JSON_DEPTH: Final = 64
XML_DEPTH: Final = 100
MARKDOWN_DEPTH: Final = 20
BIBTEX_PARENTS: Final = 50
MACRO_CHARACTERS: Final = 1_000_000
TEX_CHARACTERS: Final = 20_000
TEX_DEPTH: Final = 10
TITLE: Final = 1000
SUMMARY: Final = 5000
ABSTRACT: Final = 20_000
NOTE: Final = 2000
OVERVIEW: Final = 20_000
MEANING: Final = 1000
TERM: Final = 100
STATUS_NOTE: Final = 1000
SHORT: Final = 500
CITATION_KEY: Final = 40
EXTRA: Final = 20_000
ADDRESS: Final = 2000
AUTHORS: Final = 10_000
ITEMS: Final = 1000
MERGES: Final = 300
MARKS: Final = 8
MESSAGE: Final = 1000
SHOWN: Final = 500


class Limit(Struct, frozen=True):
    """A limit, and in words: what it is on, its unit, and what happens beyond it."""

    number: int
    subject: str
    unit: str
    beyond: str


_REFUSED = "the file is refused"
_NOT_READ = "the entry is refused, the others are read"
_TOO_LONG = "`too-long`: the record is refused"
_LEFT_OUT = "`too-long`: the record is refused; an import leaves the text out"
_REST_LEFT_OUT = "`too-long`: the record is refused; an import leaves the rest out"
LIMITS: Final = (
    Limit(FILE_BYTES, "a file that is imported, and a file of JSON Lines on the shelf", "bytes", _REFUSED),
    Limit(RECORD_BYTES, "a record in YAML, `topics.yml`, `glossary.yml`, an overview", "bytes", _REFUSED),
    Limit(DATA_BYTES, "`map.csv`, `enrich.yml`", "bytes", _REFUSED),
    Limit(STATE_BYTES, "a file that this machine keeps of a checkout", "bytes", "it is ignored"),
    Limit(LINE_CHARACTERS, "a line of JSON Lines, and one item of any JSON", "characters", _NOT_READ),
    Limit(ENTRIES, "entries of one imported file", "entries", f"{_REFUSED}: split it"),
    Limit(YAML_DEPTH, "values inside each other in YAML", "levels", _REFUSED),
    Limit(YAML_VALUES, "keys and values of one YAML file", "values", _REFUSED),
    Limit(JSON_DEPTH, "values inside each other in JSON", "levels", _NOT_READ),
    Limit(XML_DEPTH, "elements inside each other in XML", "levels", "what is before it is read"),
    Limit(MARKDOWN_DEPTH, "lists and quotations inside each other in a reading list", "levels", "no entries"),
    Limit(BIBTEX_PARENTS, "entries of BibTeX that inherit from each other", "levels", "nothing is inherited"),
    Limit(
        MACRO_CHARACTERS,
        "the text that macros of BibTeX expand to, in addition to twice the length of the files",
        "characters",
        "their names are taken as text",
    ),
    Limit(TEX_CHARACTERS, "a text in which LaTeX is read", "characters", "it is taken as it is written"),
    Limit(TEX_DEPTH, "braces inside each other in a formula", "levels", "shown as it is written"),
    Limit(TITLE, "a title", "characters", _TOO_LONG),
    Limit(SUMMARY, "a summary", "characters", _LEFT_OUT),
    Limit(ABSTRACT, "an abstract", "characters", _LEFT_OUT),
    Limit(NOTE, "a note", "characters", _LEFT_OUT),
    Limit(OVERVIEW, "an overview", "characters", "`too-long`: an error"),
    Limit(MEANING, "the meaning of a term in the glossary", "characters", "`too-long`: an error"),
    Limit(TERM, "a term of the glossary, and an alias of it", "characters", "`too-long`: an error"),
    Limit(STATUS_NOTE, "a note on the status", "characters", _LEFT_OUT),
    Limit(SHORT, "venue, volume, pages, publisher, a name and any other short text", "characters", _LEFT_OUT),
    Limit(CITATION_KEY, "a key by which a paper is cited", "characters", _TOO_LONG),
    Limit(EXTRA, "a value under `extra`, or a claim of a source", "characters", _LEFT_OUT),
    Limit(ADDRESS, "an address or identifier", "characters", "it is not a link, and left out with a warning"),
    Limit(AUTHORS, "authors, and editors", "names", _REST_LEFT_OUT),
    Limit(
        ITEMS,
        "sources, links and groups of one kind, topics, aliases and fields under `extra`",
        "items",
        _REST_LEFT_OUT,
    ),
    Limit(
        MERGES, "entries of one import that are the same paper", "entries", "`conflict`: the rest are refused"
    ),
    Limit(MARKS, "combining marks on one letter", "marks", "the rest are left out with a note"),
    Limit(
        SHOWN,
        "problems of one kind in a report for people",
        "problems",
        "the others are counted; `--format json` has all",
    ),
    Limit(MESSAGE, "a message, a hint or the name of a file in a report", "characters", "it is cut"),
)
"""All of them, for the table in the documentation."""
