"""Columns of a table of papers: the usual headers, and the field that each of them means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import get_args

from generator.fields import FIELDS
from generator.model import LinkKind, Paper

LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
_SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "entry": "uid id key paper_id paperid bibkey citation_key citekey #",
        **{name: row.headers for name, row in FIELDS.items() if row.headers},
        "link": "link links url urls paper_url paper_link landing_page",
        "arxiv": "arxiv arxiv_id arxiv_url arxiv_link eprint",
        "doi": "doi doi_link",
        "openreview": "openreview openreview_id openreview_url",
        "pdf": "pdf pdf_url pdf_link",
        "code": "code github repo repository code_url github_url code_link source_code",
        "data": "data dataset dataset_url data_url datasets",
        "model": "model model_url weights checkpoint",
        "demo": "demo demo_url",
        "project": "project project_page project_url website homepage",
        "video": "video video_url youtube talk",
        "page": "page",
    }
)
COLUMN_FIELDS: tuple[str, ...] = tuple(_SYNONYMS)
"""The names that a header may be mapped to; `entry` is what the paper is called there, `link` an address of any kind."""
_BY_HEADER = {header: field for field, headers in _SYNONYMS.items() for header in headers.split()}
# What of a row written by our own export is not said otherwise: with all of these, the table is one.
_OWN = frozenset("id title authors author_count published venue kind status topics url summary".split())  # noqa: SIM905 (a list of words reads best as words)
TITLE_WORDS = frozenset(_SYNONYMS["title"].split())
PAPER_FIELDS = frozenset(Paper.__struct_fields__)


def fold_header(header: str) -> str:
    """Return a header in lower case, its words joined by underscores: `Author(s)` is `author_s`."""
    return re.sub(r"[^\w#]+", "_", header.strip().casefold()).strip("_")


def is_own_export(headers: Sequence[str]) -> bool:
    """Return whether a table has the columns that the shelf's own export writes."""
    return {header.strip() for header in headers} >= _OWN


def read_header(headers: Sequence[str], columns: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the field of each column, empty for one that has none; `columns` overrules the usual meaning."""
    told = {fold_header(header): field for header, field in (columns or {}).items()}
    meanings = _BY_HEADER | ({"topics": "topics"} if is_own_export(headers) else {}) | told
    return tuple(meanings.get(fold_header(header), "") for header in headers)
