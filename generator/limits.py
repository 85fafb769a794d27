"""Every limit on files, entries and fields, and what happens if it is exceeded."""

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
DIGEST: Final = 4000
MEANING: Final = 1000
INTRODUCTION: Final = 5000
READING_PATHS: Final = 30
READING_STEPS: Final = 30
FACT_TABLES: Final = 30
TABLE_COLUMNS: Final = 12
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
IMAGE_BYTES: Final = 2 * MIB
IMAGE_SIDE: Final = 5000
MESSAGE: Final = 1000
SHOWN: Final = 500


class Limit(Struct, frozen=True):
    """A limit, with text for the documentation: what it applies to, its unit, and what happens if it is exceeded."""

    number: int
    subject: str
    unit: str
    beyond: str


_REFUSED = "the file is rejected"
_NOT_READ = "the entry is rejected, the others are read"
_TOO_LONG = "`too-long`: the record is rejected"
_LEFT_OUT = "`too-long`: the record is rejected; an import leaves the text out"
_REST_LEFT_OUT = "`too-long`: the record is rejected; an import leaves the rest out"
LIMITS: Final = (
    Limit(
        FILE_BYTES, "an imported file, a JSON Lines file on the shelf, or `embeddings.txt`", "bytes", _REFUSED
    ),
    Limit(
        RECORD_BYTES,
        "a record in YAML, `topics.yml`, `glossary.yml`, `paths.yml`, `tables.yml`, an overview or a digest",
        "bytes",
        _REFUSED,
    ),
    Limit(DATA_BYTES, "`map.csv`, `enrich.yml`, `names.yml`", "bytes", _REFUSED),
    Limit(STATE_BYTES, "a local state or cache file of a checkout", "bytes", "it is ignored"),
    Limit(LINE_CHARACTERS, "a line of JSON Lines, or an item of other JSON", "characters", _NOT_READ),
    Limit(ENTRIES, "entries of one imported file", "entries", f"{_REFUSED}: split it"),
    Limit(YAML_DEPTH, "nested values in YAML", "levels", _REFUSED),
    Limit(YAML_VALUES, "keys and values of one YAML file", "values", _REFUSED),
    Limit(JSON_DEPTH, "nested values in JSON", "levels", _NOT_READ),
    Limit(XML_DEPTH, "nested elements in XML", "levels", "the file is read up to this point"),
    Limit(MARKDOWN_DEPTH, "nested lists and quotations in a reading list", "levels", "no entries"),
    Limit(
        BIBTEX_PARENTS,
        "a chain of BibTeX entries that inherit from each other",
        "levels",
        "nothing is inherited",
    ),
    Limit(
        MACRO_CHARACTERS,
        "the text to which BibTeX macros expand, in addition to twice the length of the files",
        "characters",
        "their names are read as text",
    ),
    Limit(TEX_CHARACTERS, "a text with LaTeX", "characters", "it is kept as written"),
    Limit(TEX_DEPTH, "nested braces in a formula", "levels", "it is shown as written"),
    Limit(TITLE, "a title", "characters", _TOO_LONG),
    Limit(SUMMARY, "a summary", "characters", _LEFT_OUT),
    Limit(ABSTRACT, "an abstract", "characters", _LEFT_OUT),
    Limit(NOTE, "a note", "characters", _LEFT_OUT),
    Limit(OVERVIEW, "an overview", "characters", "`too-long`: an error"),
    Limit(DIGEST, "a digest", "characters", "`too-long`: an error"),
    Limit(
        MEANING,
        "the meaning of a term in the glossary; the lead and each `why` of a reading path; the lead of a fact table",
        "characters",
        "`too-long`: an error",
    ),
    Limit(
        INTRODUCTION, "the introduction of a reading path or fact table", "characters", "`too-long`: an error"
    ),
    Limit(READING_PATHS, "reading paths of an index", "paths", "`too-many`: an error"),
    Limit(READING_STEPS, "papers of a reading path", "papers", "`too-many`: an error"),
    Limit(FACT_TABLES, "fact tables of an index", "tables", "`too-many`: an error"),
    Limit(TABLE_COLUMNS, "columns of a fact table", "columns", "`too-many`: an error"),
    Limit(
        TERM,
        "a term of the glossary, and an alias of it; the name of a reading path or fact table",
        "characters",
        "`too-long`: an error",
    ),
    Limit(STATUS_NOTE, "a note on the status", "characters", _LEFT_OUT),
    Limit(SHORT, "venue, volume, pages, publisher, a name and any other short text", "characters", _LEFT_OUT),
    Limit(CITATION_KEY, "a citation key", "characters", _TOO_LONG),
    Limit(EXTRA, "a value under `extra`, or a claim of a source", "characters", _LEFT_OUT),
    Limit(ADDRESS, "a URL or identifier", "characters", "it is left out with a warning"),
    Limit(AUTHORS, "authors, and editors", "names", _REST_LEFT_OUT),
    Limit(
        ITEMS,
        "sources, links and groups of one kind, topics, aliases and fields under `extra`",
        "items",
        _REST_LEFT_OUT,
    ),
    Limit(
        MERGES,
        "entries in one import that are the same paper",
        "entries",
        "`conflict`: the rest are rejected",
    ),
    Limit(MARKS, "combining marks on one letter", "marks", "the rest are left out with a note"),
    Limit(IMAGE_BYTES, "the file of a picture of a paper", "bytes", "`bad-image`: the record is rejected"),
    Limit(
        IMAGE_SIDE, "the width and height of such a picture", "pixels", "`bad-image`: the record is rejected"
    ),
    Limit(
        SHOWN,
        "problems of one kind in a report for people",
        "problems",
        "the others are counted; `--format json` has all",
    ),
    Limit(MESSAGE, "a message, hint or file name in a report", "characters", "it is truncated"),
)
"""All limits, for the table in the documentation."""
