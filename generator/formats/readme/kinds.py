"""Decides whether an item of a reading list is a paper, may be one, or is something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.formats.csv.columns import TITLE_WORDS, fold_header
from generator.formats.readme.entry import ItemFacts, has_words, is_only_labels, read_entry
from generator.formats.readme.items import Item, find_lead
from generator.formats.readme.labels import names_paper
from generator.formats.readme.pieces import Piece, join_text
from generator.formats.shared.nothing import NOTHING
from generator.identifiers import parse_link

# Headings that consist only of such words introduce lists of other things than papers.
_FILLING = r"(?:and|or|of|the|for|on|in|our|your|this|other|more|related|useful|online|awesome|open|source|table|content|how|to|latest|recent)"
_NEVER = re.compile(
    rf"(?:{_FILLING} )*(?:contents?|toc|contribut\w+|licen[cs]e|citations?|citing|cite|acknowledge?ments?|star history|contact|news|updates?|"
    rf"changelog|what s new|maintainers?|index|outline|目录|目錄|贡献|更新|新闻|引用|致谢|许可证|目次|ライセンス)(?: {_FILLING}| us| guide\w*| project| repo\w*| work| paper)*"
)
_OTHERS = (
    "workshops?|tutorials?|courses?|talks?|lectures?|blogs?|videos?|challenges?|resources?|lists?|repos|repositories|tools?|toolkits?|"
    "librar(?:y|ies)|frameworks?|software|books?|people|communit(?:y|ies)|slides|demos|products?|conferences?|journals?|posts?|websites?|labs?"
)
_SELDOM = re.compile(rf"(?:(?:{_FILLING}|{_OTHERS}) )*(?:{_OTHERS})(?: (?:{_FILLING}|{_OTHERS}))*")
_EVENT = re.compile(r"\b(?:workshops?|tutorials?|challenges?|course|lectures?|competition)\b", re.IGNORECASE)
_PROSE = frozenset(
    """this we our see please if you here welcome check
    feel note also currently these it there thanks""".split()  # noqa: SIM905 (a list of words reads best as words)
)
_NAMING = frozenset(
    """name names model models method methods approach algorithm
    system dataset benchmark 模型 方法 名称 数据集 モデル 手法""".split()  # noqa: SIM905 (a list of words reads best as words)
)
"""Headers of columns used for titles only if no other column has them."""
NAMES_OF_THINGS = frozenset(["name", "names"])
"""Headers of title columns that may also have another meaning."""
_PAPER_HOSTS = frozenset(["page", "pdf", "project"])
_FEWEST_WORDS = 3


def title_column(item: Item) -> str:
    """Return the header of the title column: the first matching one, `title` before `name`."""
    found = [h for h in item.cells if fold_header(h) in TITLE_WORDS]
    best = [h for h in found if "title" in fold_header(h)] or [
        h for h in found if fold_header(h) not in NAMES_OF_THINGS
    ]
    chosen = next(iter(best or found), next(iter(item.cells), ""))
    if not _has_only_labels(item.cells.get(chosen, ())):
        return chosen
    named = [h for h in item.cells if fold_header(h) in _NAMING and not _has_only_labels(item.cells[h])]
    return next(iter(named), chosen)


def _has_only_labels(cell: Sequence[Piece]) -> bool:
    """Return whether a cell consists of links with labels: `[Paper](…) / [code](…)`."""
    return any(piece.url for piece in cell) and is_only_labels(cell) and not has_words(cell)


def title_cell(item: Item) -> tuple[Piece, ...]:
    """Return the cell in the title column; for items other than table rows, all pieces."""
    return item.cells[title_column(item)] if item.cells else item.pieces


def find_kind(item: Item, facts: ItemFacts) -> str:
    """Return `paper`, `other`, or `maybe` for an item that counts as a paper among papers."""
    path = [" ".join(re.findall(r"[^\W_]+", heading.casefold())) for heading in item.section]
    none = facts.title.casefold() in NOTHING and not facts.links
    if item.hidden or any(map(_NEVER.fullmatch, path)) or none:
        return "other"
    seldom = any(map(_SELDOM.fullmatch, path))
    titles = title_column(item)
    if facts.is_sure or any(_cell_facts(item, h).is_sure for h in item.cells if h != titles):
        no_paper = _is_prose(item, facts) or (seldom and _EVENT.search(facts.title))
        return "paper" if (facts.title or (item.bullet and not item.cells)) and not no_paper else "other"
    if not facts.title or seldom:
        return "other"
    header = fold_header(titles)
    return (
        "paper"
        if header in TITLE_WORDS - NAMES_OF_THINGS
        else _judge_facts(facts, awaited=_awaits_paper(item.pieces))
    )


def _awaits_paper(pieces: Sequence[Piece]) -> bool:
    """Return whether a line of an item announces a paper that is not available yet: `Paper: N/A`."""
    said = [re.split(r"[:：]", line, maxsplit=1) for line in "".join(p.text for p in pieces).split("\n")]
    return any(
        len(line) > 1 and line[1].strip().casefold() in NOTHING and names_paper(line[0]) for line in said
    )


def _judge_facts(facts: ItemFacts, *, awaited: bool) -> str:
    """Return the kind of an item without a link that certainly leads to a paper; `awaited` means that its paper was announced."""
    said = " ".join((*(v.said for v in facts.venues), *facts.rest, facts.title))
    referred = facts.title_piece is not None or (facts.authors and (facts.dates or facts.venues))
    if not referred or _EVENT.search(said):
        return "other"
    awaited = awaited or (facts.title_piece is not None and facts.title_piece.promised)
    if awaited and facts.title_piece and len(facts.title.split()) >= _FEWEST_WORDS:
        return "paper"
    if facts.title_piece and len([venue for venue in facts.venues if venue.year]) == 1:
        return "paper"
    if _is_reference(facts):
        return "paper"
    return "maybe" if _could_be_paper(facts) else "other"


def _is_reference(facts: ItemFacts) -> bool:
    """Return whether a text without links has a title, authors, and a date or venue."""
    dated = bool(facts.dates) or any(venue.year for venue in facts.venues)
    long = (
        len(facts.title.split()) >= _FEWEST_WORDS
        or len(re.findall(r"[\u3040-\u9fff\uac00-\ud7af]", facts.title)) > _FEWEST_WORDS
    )
    return not (facts.title_piece or facts.links) and bool(facts.authors) and dated and long


def _could_be_paper(facts: ItemFacts) -> bool:
    """Return whether the link of a title may lead to a paper, not to code, a model, data or a video."""
    links = [piece for piece in (facts.title_piece, *facts.links) if piece and piece.url]
    piece = links[0] if links else None
    link = parse_link(piece.url) if piece else None
    return (
        link is not None
        and link[0] in _PAPER_HOSTS
        and (facts.is_told or len(facts.title.split()) >= _FEWEST_WORDS)
    )


def _is_prose(item: Item, facts: ItemFacts) -> bool:
    """Return whether a paragraph without a title at its start is a sentence about a paper."""
    if item.bullet or item.level or item.cells or find_lead(item.pieces):
        return False
    if facts.authors and facts.is_told and (facts.venues or facts.dates) and facts.title_piece:
        return False
    at = item.pieces.index(facts.title_piece) if facts.title_piece else 0
    before = re.findall(r"[^\W\d_]{2,}", join_text(item.pieces[:at]))
    first = facts.title.split(maxsplit=1)[0].casefold().strip(",.:") if facts.title else ""
    return len(before) >= _FEWEST_WORDS or first in _PROSE or not first


def _cell_facts(item: Item, header: str) -> ItemFacts:
    return read_entry([replace(piece, text=piece.text or header) for piece in item.cells[header]])
