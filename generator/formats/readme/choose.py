"""Decides which items of a reading list are papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.readme.entry import ItemFacts, has_address, has_words, is_only_labels, read_entry
from generator.formats.readme.items import Item
from generator.formats.readme.kinds import find_kind, title_cell
from generator.formats.readme.labelled import find_labelled_parts
from generator.formats.readme.labels import is_label
from generator.formats.readme.pieces import Piece, join_text
from generator.formats.readme.titles import SIGNS
from generator.formats.readme.titles_above import join_titles

_FEWEST_NEIGHBOURS = 3


class PaperItem(Struct, frozen=True):
    """An item that is a paper, with its facts."""

    item: Item
    facts: ItemFacts


class _Candidate(Struct, frozen=True):
    item: Item
    facts: ItemFacts
    kind: str
    """`paper`, `maybe` or `other`."""


def choose_entries(items: Sequence[Item]) -> tuple[list[PaperItem], list[int]]:
    """Return the items that are papers, and the line numbers of other items that could be mistaken for papers.

    An item with a title and a link to something other than a paper counts as a paper if most items in its section do.
    """
    found = [candidate for item in join_titles(items) for candidate in _judge(item)]
    sure = Counter(c.item.section for c in found if c.kind == "paper")
    all_ = Counter(c.item.section for c in found)
    entries: list[PaperItem] = []
    left: list[int] = []
    for candidate in found:
        section = candidate.item.section
        enough = candidate.facts.is_told or sure[section] >= _FEWEST_NEIGHBOURS
        among = enough and 0 < all_[section] <= sure[section] * 2
        if candidate.kind == "paper" or (candidate.kind == "maybe" and among):
            entries.append(PaperItem(candidate.item, candidate.facts))
        else:
            left.append(candidate.item.line)
    papers = {entry.item.line for entry in entries}
    left += [
        item.line for item in items if item.level and item.line not in papers and has_address(item.pieces)
    ]
    return entries, left


def _judge(item: Item) -> Iterator[_Candidate]:
    """Yield the item, with the facts of children that only have labels, and then its independent children."""
    adds = [child for child in item.children if adds_to_parent(child)]
    if cells := find_labelled_parts(item.pieces):
        item = replace(item, pieces=(), cells=cells)
    titled = find_titled_child(item, adds) or _find_reference_below(item)
    if titled:
        yield from _judge(replace(titled, line=item.line, children=(*titled.children, *adds)))
        return
    pieces = (*title_cell(item), *(p for child in adds for p in (Piece("\n"), *child.pieces)))
    facts = read_entry(pieces)
    kind = find_kind(item, facts)
    if kind != "other" or item.bullet or item.hidden or has_address(pieces):
        yield _Candidate(item, facts, kind)
    if kind == "other":
        yield from (_Candidate(child, facts, kind) for child in adds)
    added = set(map(id, adds))
    for child in item.children:
        if id(child) not in added:
            yield from _judge(child)


def adds_to_parent(child: Item) -> bool:
    """Return whether a nested bullet adds facts to its parent instead of being a paper itself."""
    if child.children or child.cells or child.hidden or not is_only_labels(child.pieces):
        return False
    if _is_cited(child):
        return False
    return not (has_words(child.pieces) and read_entry(child.pieces).is_sure)


def _is_cited(item: Item) -> bool:
    """Return whether a bullet has people and a title in emphasis or quotation marks: `Jane Owl, *Owls that Hum*, ICML 2020`."""
    lead = next((piece for piece in item.pieces if piece.text.strip()), None)
    if lead is None or lead.url or lead.bold or lead.emphasis:
        return False
    facts = read_entry(item.pieces)
    marked = any(piece.emphasis and facts.title in piece.text for piece in item.pieces)
    return bool(facts.authors) and (marked or facts.title_piece is not None) and facts.title != ""


def _find_reference_below(item: Item) -> Item | None:
    """Return the single reference below a name with a link to the paper: `Jane Owl, *Long Memory*, 1997` below `LSTM [Paper](…)`."""
    if item.cells or len(item.children) != 1 or not _is_cited(item.children[0]):
        return None
    if not is_only_labels(item.pieces) or not has_address(item.pieces):
        return None
    (child,) = item.children
    links = [piece for piece in item.pieces if piece.url]
    name = join_text(tuple(piece for piece in item.pieces if not piece.url)).strip(f"{SIGNS}[]")
    return replace(child, pieces=(*child.pieces, Piece(f"\n[{name}] "), *links))


def find_titled_child(item: Item, adds: Sequence[Item]) -> Item | None:
    """Return the single bullet below a name that has the title after a label: `Paper: [Owls that Hum](…)`."""
    if item.cells or any(piece.url for piece in item.pieces) or not item.children:
        return None
    added = set(map(id, adds))
    others = [child for child in item.children if id(child) not in added]
    if len(others) != 1 or not others[0].pieces:
        return None
    label = others[0].pieces[0]
    labelled = not label.url and label.text.rstrip().endswith((":", "：")) and is_label(label.text)
    return others[0] if labelled and read_entry(others[0].pieces).is_sure else None
