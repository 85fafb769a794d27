"""Sections, keywords, tags and other groupings of an entry: the names that sources give them, and how their values part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from generator.limits import ITEMS, SHORT
from generator.model import Draft, Paper
from generator.text.written_lists import read_list

PATH = " > "
"""What joins the headings above a paper in the one text that a section is."""
_NAMES: Mapping[str, str] = {
    "sections": "section sections 章节",
    "keywords": "keyword keywords author_keywords index_keywords key_words 关键词",
    "tags": "tag tags manual_tags automatic_tags label labels 标签",
    "categories": "category categories 分类 类别",
    "subjects": "subject subjects",
    "collections": "collection collections group groups folder folders",
    "tracks": "track tracks",
    "topics": "topic topics 主题",
}
_BY_NAME = {word: name for name, words in _NAMES.items() for word in words.split()}
_APART = re.compile(r"[;；|、\n]")
_COMMAS = re.compile(r"[,，]")
_CODES = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?(?:\s+[a-z-]+(?:\.[A-Za-z-]+)?)+")
"""Categories of arXiv in one text: `cs.CL cs.LG math.OC`."""
_WITH_COMMAS = frozenset(["keywords", "tags", "subjects", "collections"])
"""Groupings whose values have no comma of their own."""


@lru_cache(maxsize=1000)
def find_group(name: str) -> str:
    """Return the grouping that a column or a field of a source is, or the empty string.

    >>> find_group("Author Keywords"), find_group("section"), find_group("pages")
    ('keywords', 'sections', '')
    """
    return _BY_NAME.get(re.sub(r"\W+", "_", name.strip().casefold()).strip("_"), "")


def split_group(name: str, text: str) -> tuple[str, ...]:
    """Return the values that a source wrote into one text, each once.

    A section is one value: its heading may hold any character. A list as Python or JSON writes it is read as one.

    >>> split_group("keywords", "owls; mice, voles"), split_group("tags", "owls, mice")
    (('owls', 'mice, voles'), ('owls', 'mice'))
    """
    if name == "sections":
        values: Sequence[str] = [text]
    elif text.startswith("[") and text.endswith("]"):
        values = _split_brackets(text)
    elif _APART.search(text):
        values = _APART.split(text)
    elif name == "categories" and _CODES.fullmatch(text):
        values = text.split()
    else:
        values = _COMMAS.split(text) if name in _WITH_COMMAS else [text]
    return tuple(dict.fromkeys(value for raw in values if (value := " ".join(raw.split()))))


def _split_brackets(text: str) -> Sequence[str]:
    found = read_list(text)
    return _COMMAS.split(text[1:-1]) if found is None else found


def find_groups(paper: Paper, name: str) -> tuple[str, ...]:
    """Return the values that a paper has of a grouping, or of one of its other facts.

    >>> find_groups(Paper(title="Owls", extra={"area": "hearing; sight"}), "area")
    ('hearing', 'sight')
    """
    if found := paper.groups.get(find_group(name) or name):
        return found
    text = next((value for key, value in paper.extra.items() if key.casefold() == name.casefold()), "")
    return split_group("", text) if text else ()


def gather_groups(draft: Draft) -> Draft:
    """Return the draft with the groupings among its `extra` under `groups`.

    A text that gives more or longer values than a record may hold stays in `extra`.
    """
    found: dict[str, dict[str, None]] = {
        name: dict.fromkeys(items) for name, items in draft.paper.groups.items()
    }
    extra = dict(draft.paper.extra)
    for header, text in draft.paper.extra.items():
        name = find_group(header)
        values = split_group(name, text) if name else ()
        if values and len(values) <= ITEMS and max(map(len, values)) <= SHORT:
            found.setdefault(name, {}).update(dict.fromkeys(values))
            del extra[header]
    if len(extra) == len(draft.paper.extra):
        return draft
    groups = {name: tuple(values) for name, values in found.items()}
    return Draft(paper=replace(draft.paper, groups=groups, extra=extra), place=draft.place)
