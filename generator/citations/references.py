"""References as texts: of one paper, and of a list, sorted or numbered by the rules of the style."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from generator.citations.facts import Facts, build_facts
from generator.citations.join import MARKS, enclose, join_all, settle_quotes
from generator.citations.render import Maker
from generator.citations.style import STYLES, Style, load_style
from generator.citations.work import Part, Shape, Work
from generator.model import Paper
from generator.text.words import fold

_SHAPES = 4_000
"""How many pairs of a style and a shape are kept; a shelf has some dozens."""


def build_references(paper: Paper, styles: Sequence[str] = tuple(STYLES)) -> dict[str, str]:
    """Return the reference of a paper in each of some styles, without a number.

    >>> build_references(Paper(title="The owls", published="2020"), ["apa", "ieee"])
    {'apa': 'The owls. (2020).', 'ieee': '“The owls.” 2020.'}
    """
    facts = build_facts(paper) if styles else None
    return {name: _render(load_style(name), facts) for name in styles if facts}


def render_references(papers: Sequence[Paper], name: str) -> str:
    """Return a list of references, one a line: sorted as the style sorts them, or numbered in the order of the papers."""
    style = load_style(name)
    facts = [build_facts(paper) for paper in papers]
    if style.keys:
        lines = [_render(style, each) for each in _sort(style, facts)]
    else:
        lines = [_render(style, each, number) for number, each in enumerate(facts, start=1)]
    return "".join(f"{line}\n" for line in lines)


def is_numbered(name: str) -> bool:
    """Return whether a style numbers its references in the order of a text, so that lists keep theirs."""
    return not load_style(name).keys


def render_reference_number(name: str, number: int) -> str:
    """Return what a numbered style writes before a reference, with the space behind it; nothing for other styles.

    >>> render_reference_number("ieee", 3), render_reference_number("nature", 3), render_reference_number("apa", 3)
    ('[3] ', '3. ', '')
    """
    style = load_style(name)
    work, said = Work(Facts(type="", texts={}, names={}, issued=(), is_english=True), number), list[str]()
    for part in [] if style.keys else _make_layout(name, Shape("", frozenset({"citation-number"}))):
        part.write(work, said)
    return f"{said[0].rstrip()} " if said else ""


def _find_shape(facts: Facts) -> Shape:
    known = {
        *facts.texts,
        *facts.names,
        *(["issued"] if facts.issued else []),
        *(["page-first"] if "page" in facts.texts else []),
    }
    return Shape(facts.type, frozenset(known))


def _render(style: Style, facts: Facts, number: int = 0) -> str:
    work, said = Work(facts), list[str]()
    for part in _make_layout(style.name, _find_shape(facts)):
        part.write(work, said)
    layout = style.layout
    text = enclose(layout.get("prefix", ""), join_all(said), layout.get("suffix", ""))
    before = render_reference_number(style.name, number) if number else ""
    return before + settle_quotes(text, style.quotes, inside=style.quotes_inside).strip()


@lru_cache(_SHAPES)
def _make_layout(name: str, shape: Shape) -> tuple[Part, ...]:
    style = load_style(name)
    return Maker(style, shape).make_all(style.layout)


def _sort(style: Style, facts: Sequence[Facts]) -> list[Facts]:
    """Return works in the order of a style: by each of its keys, what has none of a key last (CSL 1.0.2, “Sorting”)."""
    ordered = list(facts)
    for number, key in reversed(tuple(enumerate(style.keys))):
        known = [(_write_key(style.name, number, each), each) for each in ordered]
        said = [pair for pair in known if pair[0]]
        said.sort(key=itemgetter(0), reverse=key.get("sort") == "descending")
        ordered = [each for _, each in (*said, *(pair for pair in known if not pair[0]))]
    return ordered


def _write_key(name: str, number: int, facts: Facts) -> str:
    work, said = Work(facts), list[str]()
    for part in _make_key(name, number, _find_shape(facts)):
        part.write(work, said)
    return fold(join_all(said).translate(MARKS))


@lru_cache(_SHAPES)
def _make_key(name: str, number: int, shape: Shape) -> tuple[Part, ...]:
    style = load_style(name)
    return Maker(style, shape, sorting=True).make_all((style.keys[number],))
