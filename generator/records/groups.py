"""Sections, keywords, tags and other groups of an entry: their names in sources, and how to split their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from generator.limits import ITEMS, SHORT
from generator.model import Draft, Paper
from generator.text.written_lists import read_list

PATH = " > "
"""The separator between headings in the value of a section."""
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
"""Several arXiv categories in one text: `cs.CL cs.LG math.OC`."""
_WITH_COMMAS = frozenset(["keywords", "tags", "subjects", "collections"])
"""Groups whose values contain no commas."""


@lru_cache(maxsize=1000)
def find_group(name: str) -> str:
    """Return the group for the name of a column or field, or an empty text.

    >>> find_group("Author Keywords"), find_group("section"), find_group("pages")
    ('keywords', 'sections', '')
    """
    return _BY_NAME.get(re.sub(r"\W+", "_", name.strip().casefold()).strip("_"), "")


def split_group(name: str, text: str) -> tuple[str, ...]:
    """Return the values that a source wrote into one text, without duplicates.

    A section is one value, because headings may contain any character. Lists in Python or JSON syntax are split.

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
    """Return a paper's values for a group or for an `extra` field.

    >>> find_groups(Paper(title="Owls", extra={"area": "hearing; sight"}), "area")
    ('hearing', 'sight')
    """
    if found := paper.groups.get(find_group(name) or name):
        return found
    text = next((value for key, value in paper.extra.items() if key.casefold() == name.casefold()), "")
    return split_group("", text) if text else ()


def gather_groups(draft: Draft) -> Draft:
    """Return the draft with groups moved from `extra` to `groups`.

    A text with more or longer values than a record may have stays in `extra`.
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
