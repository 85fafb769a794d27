"""Reads cells with one or more links, whose kinds depend on the column and their form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.formats.shared.nothing import is_placeholder
from generator.formats.shared.written_identifiers import find_named, trim
from generator.identifiers import IDENTITY, parse_identifier, parse_link
from generator.model import LinkKind
from generator.text.written_lists import read_list

# A DOI may contain a semicolon; a semicolon before a space ends it.
_BETWEEN = re.compile(r";\s|\||\n|,\s|\s(?=https?://)")


def read_cell_links(cell: str, kind: LinkKind | None) -> Iterator[tuple[LinkKind, str] | str]:
    """Yield the links of a cell as (kind, canonical form), and other text unchanged.

    `kind` is the kind of the column, None for any URLs. An identifier in a column of another kind (`code`, `data`) may
    belong to another paper, so it becomes a page. In a column of papers (`pdf`, `page`), it identifies the paper.
    """
    if kind in IDENTITY and (whole := find_named(kind, cell)) and not whole.rest:
        yield kind, whole.value
        return
    listed = read_list(cell)
    for raw in _BETWEEN.split(cell) if listed is None else listed:
        value = raw.strip().rstrip(";,")
        if is_placeholder(value):
            continue
        if kind in IDENTITY:
            found = find_named(kind, value)
            yield (kind, found.value) if found else value
            if found and found.rest:
                yield found.rest
        elif link := parse_link(trim(value, keep="]>")):
            yield _choose(kind, *link, value)
        else:
            yield value


def _choose(kind: LinkKind | None, named: LinkKind, canonical: str, value: str) -> tuple[LinkKind, str]:
    if named in IDENTITY:
        address = parse_identifier("page", value) or value
        return (named, canonical) if kind in {None, "pdf", "page"} else ("page", address)
    if kind is None:
        return ("page" if named == "project" else named), canonical
    return kind, canonical
