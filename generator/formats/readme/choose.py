"""Which items of a reading list are papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.csv.columns import TITLE_WORDS, fold_header, read_header
from generator.formats.readme.entry import Facts, find_title, has_words, is_only_labels, read_entry
from generator.formats.readme.items import Item, begins_with_title, find_lead
from generator.formats.readme.labels import is_label, names_paper
from generator.formats.readme.pieces import Piece, join_text
from generator.formats.readme.titles import SIGNS, drop_number
from generator.formats.shared.nothing import NOTHING
from generator.identifiers import parse_link

# Headings that consist of such words only: lists of other things than papers.
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
"""Headers of columns that name what a paper is about, where no other one has its title."""
_OTHER_THINGS = frozenset(["name", "names"])
_PAPER_HOSTS = frozenset(["page", "pdf", "project"])
_PLAIN_LABEL = re.compile(r"(?:^|[\n;；|]\s*)(?P<head>[^\W\d_][\w ]{0,24}?)\s?[:：]")
_ASIDE = re.compile(r"[（(][^（）()]*[)）]")
_FEWEST_NEIGHBOURS = 3
_FEWEST_WORDS = 3


class Entry(Struct, frozen=True):
    """An item that is a paper, and what it says."""

    item: Item
    facts: Facts


class _Candidate(Struct, frozen=True):
    item: Item
    facts: Facts
    kind: str
    """`paper`, `maybe` or `other`."""


def choose_entries(items: Sequence[Item]) -> tuple[list[Entry], list[int]]:
    """Return the items that are papers, and the lines of the others that readers could take for one.

    An item with a title and a link that is no paper's by itself is one among papers: in a section most of whose items are.
    """
    found = [candidate for item in _join_headings(items) for candidate in _judge(item)]
    sure = Counter(c.item.section for c in found if c.kind == "paper")
    all_ = Counter(c.item.section for c in found)
    entries: list[Entry] = []
    left: list[int] = []
    for candidate in found:
        section = candidate.item.section
        enough = candidate.facts.is_told or sure[section] >= _FEWEST_NEIGHBOURS
        among = enough and 0 < all_[section] <= sure[section] * 2
        if candidate.kind == "paper" or (candidate.kind == "maybe" and among):
            entries.append(Entry(candidate.item, candidate.facts))
        else:
            left.append(candidate.item.line)
    papers = {entry.item.line for entry in entries}
    left += [
        item.line for item in items if item.level and item.line not in papers and _has_address(item.pieces)
    ]
    return entries, left


def _join_headings(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, where a heading is a paper with what stands below it; other headings are left out."""
    at = 0
    papers: set[tuple[str, ...]] = set()
    while at < len(items):
        item = items[at]
        if papers:
            heads = [name for n, name in enumerate(item.section) if item.section[: n + 1] not in papers]
            item = replace(item, section=tuple(heads))
        at += 1
        if not item.level:
            below = _list_labels(items, at, item) or _list_fields(items, at, item)
            at += len(below)
            yield _join_below(item, item.pieces, below)
            continue
        below = list(takewhile(_belongs, _list_from(items, at)))
        titled = _is_titled(item)
        if titled or (below and _heads_labels(item, below)):
            at += len(below)
            papers.add((*items[at - 1 - len(below)].section, join_text(item.pieces)))
            title = _drop_before(item) if titled else (Piece(drop_number(join_text(item.pieces)), bold=True),)
            yield _join_below(item, title, below)


def _list_labels(items: Sequence[Item], at: int, item: Item) -> list[Item]:
    """Return the labels below a title in bold on a line of its own: `**Owls that Hum**` above `- Paper: https://…`."""
    title = find_title(item.pieces) if not (item.level or item.bullet or item.hidden) else None
    if title is None or not title.bold or any(piece.url for piece in item.pieces):
        return []
    below = list(takewhile(_belongs, _list_from(items, at)))
    return below if below and _heads_labels(item, below) else []


def _list_from(items: Sequence[Item], at: int) -> Iterator[Item]:
    """Yield the items from a place on."""
    return (items[number] for number in range(at, len(items)))


def _join_below(item: Item, pieces: Sequence[Piece], below: Sequence[Item]) -> Item:
    """Return an item with some pieces, and on lines of their own those of the items below it."""
    more = [piece for child in below for piece in (Piece("\n"), *child.pieces)]
    return replace(item, pieces=(*pieces, *more))


def _is_titled(item: Item) -> bool:
    """Return whether a heading is a link to a paper, with a number before it or not."""
    title = find_title(item.pieces)
    if title is None or not title.url:
        facts = read_entry(_drop_before(item))
        return facts.is_sure and (
            len(facts.title.split()) >= _FEWEST_WORDS or (facts.title != "" and facts.is_told)
        )
    if title.url.startswith("#"):
        return False
    before = join_text(item.pieces[: item.pieces.index(title)])
    return not re.search(r"[^\W\d_]{2}", before) and read_entry(item.pieces).is_sure


def _drop_before(item: Item) -> tuple[Piece, ...]:
    """Return a heading without the number before its title."""
    title = find_title(item.pieces)
    if title and title.url:
        return item.pieces[item.pieces.index(title) :]
    if not item.pieces:
        return ()
    first, *others = item.pieces
    return (replace(first, text=drop_number(first.text)), *others)


def _belongs(item: Item) -> bool:
    """Return whether an item says something of the heading above it: labels, or words without a title."""
    return not (item.level or item.cells or item.children or item.hidden) and is_only_labels(item.pieces)


def _heads_labels(heading: Item, below: Sequence[Item]) -> bool:
    """Return whether items below a title are labels of one paper: a link says that it is the paper, or a word that it has none.

    Several links may be the paper where their labels differ: `Paper`, `Paper 2`.
    """
    labels = [_find_label(item) for item in below if _has_address(item.pieces) or _says_none(item)]
    links = [piece for item in below for piece in item.pieces if piece.url]
    papers = [item for item in below if read_entry((Piece("Title", bold=True), *item.pieces)).is_sure]
    none = [item for item in below if _says_none(item) and names_paper(_find_label(item))]
    named = len(join_text(heading.pieces).split()) >= _FEWEST_WORDS or len(links) > 1
    one = len(papers) == 1 or (len(papers) + len(none) > 0 and len(set(labels)) == len(labels))
    return bool(links) and named and one and all(map(is_label, labels))


def _find_label(item: Item) -> str:
    """Return the words of an item before its link, else those of its links: `代码（soon）: https://…` is 代码."""
    before = "".join(piece.text for piece in takewhile(lambda piece: not piece.url, item.pieces))
    words = _ASIDE.sub("", before).strip(f"{SIGNS}[]()")
    said = words.partition("：")[0].partition(":")[0].strip()
    return said or " ".join(piece.text for piece in item.pieces if piece.url)


def _says_none(item: Item) -> bool:
    """Return whether an item says that there is nothing behind its label: `Paper: N/A`."""
    said = re.split(r"[:：]", join_text(item.pieces), maxsplit=1)
    return len(said) > 1 and said[1].strip().casefold() in NOTHING


def _judge(item: Item) -> Iterator[_Candidate]:
    """Yield the item, with what its labels-only children add, and then those of its children that stand for themselves."""
    adds = [child for child in item.children if adds_to_parent(child)]
    if cells := _find_cells(item.pieces):
        item = replace(item, pieces=(), cells=cells)
    titled = find_titled_child(item, adds) or _find_reference_below(item)
    if titled:
        yield from _judge(replace(titled, line=item.line, children=(*titled.children, *adds)))
        return
    pieces = (*_title_cell(item), *(p for child in adds for p in (Piece("\n"), *child.pieces)))
    facts = read_entry(pieces)
    kind = _find_kind(item, facts)
    if kind != "other" or item.bullet or item.hidden or _has_address(pieces):
        yield _Candidate(item, facts, kind)
    if kind == "other":
        yield from (_Candidate(child, facts, kind) for child in adds)
    added = set(map(id, adds))
    for child in item.children:
        if id(child) not in added:
            yield from _judge(child)


def _find_cells(pieces: Sequence[Piece]) -> Mapping[str, tuple[Piece, ...]]:
    """Return what stands behind bold labels, where one of these is that of a title: `**Title**: Owls **Venue**: ICML`."""
    cells: dict[str, list[Piece]] = {}
    label = ""
    for piece in _mark_labels(pieces):
        head = piece.text.strip(" \n:：*|-") if piece.bold and not piece.url else ""
        if head and read_header([head])[0] and head not in cells:
            label = head
            cells[label] = []
        elif label:
            text = piece.text.lstrip(" :：") if not cells[label] else piece.text
            cells[label].append(replace(piece, text=text))
    return (
        {head: tuple(said) for head, said in cells.items()}
        if any(fold_header(head) in TITLE_WORDS - _OTHER_THINGS for head in cells)
        else {}
    )


def _mark_labels(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, with plain labels in bold where a line begins with that of a title: `Title: Owls; Venue: ICML`."""
    lead = next((piece for piece in pieces if piece.text.strip()), None)
    if lead is None or lead.url or lead.bold or not begins_with_title(lead.text):
        yield from pieces
        return
    for piece in pieces:
        at = 0
        for match in () if piece.url else _PLAIN_LABEL.finditer(piece.text):
            head = match["head"]
            if read_header([head])[0] or is_label(head):
                yield replace(piece, text=piece.text[at : match.start()])
                yield Piece(head, bold=True)
                at = match.end()
        yield replace(piece, text=piece.text[at:])


def _list_fields(items: Sequence[Item], at: int, first: Item) -> list[Item]:
    """Return the bullets behind one that gives a title which say one more thing of the paper each: `- **Venue**: ICML`."""
    known = _find_cells(first.pieces)
    following = takewhile(lambda item: _is_field(item, first.section), _list_from(items, at))
    return (
        list(takewhile(lambda item: not known.keys() & _find_cells(item.pieces), following)) if known else []
    )


def _is_field(item: Item, section: tuple[str, ...]) -> bool:
    lead = next((piece for piece in item.pieces if piece.text.strip()), None)
    if not (item.bullet and lead and lead.bold) or lead.url or item.children or item.section != section:
        return False
    head = lead.text.strip(" :：")
    return bool(read_header([head])[0] or is_label(head))


def adds_to_parent(child: Item) -> bool:
    """Return whether a bullet below another says something of that one, and is no paper of its own."""
    if child.children or child.cells or child.hidden or not is_only_labels(child.pieces):
        return False
    if _is_cited(child):
        return False
    return not (has_words(child.pieces) and read_entry(child.pieces).is_sure)


def _is_cited(item: Item) -> bool:
    """Return whether a bullet names people, and a title in emphasis or quotation marks: `Jane Owl, *Owls that Hum*, ICML 2020`."""
    lead = next((piece for piece in item.pieces if piece.text.strip()), None)
    if lead is None or lead.url or lead.bold or lead.emphasis:
        return False
    facts = read_entry(item.pieces)
    marked = any(piece.emphasis and facts.title in piece.text for piece in item.pieces)
    return bool(facts.authors) and (marked or facts.title_piece is not None) and facts.title != ""


def _find_reference_below(item: Item) -> Item | None:
    """Return the one reference below a name with a link to the paper: `LSTM [Paper](…)` above `Jane Owl, *Long Memory*, 1997`."""
    if item.cells or len(item.children) != 1 or not _is_cited(item.children[0]):
        return None
    if not is_only_labels(item.pieces) or not _has_address(item.pieces):
        return None
    (child,) = item.children
    links = [piece for piece in item.pieces if piece.url]
    name = join_text(tuple(piece for piece in item.pieces if not piece.url)).strip(f"{SIGNS}[]")
    return replace(child, pieces=(*child.pieces, Piece(f"\n[{name}] "), *links))


def find_titled_child(item: Item, adds: Sequence[Item]) -> Item | None:
    """Return the one bullet below a name that gives the title after a label: `Paper: [Owls that Hum](…)`."""
    if item.cells or any(piece.url for piece in item.pieces) or not item.children:
        return None
    added = set(map(id, adds))
    others = [child for child in item.children if id(child) not in added]
    if len(others) != 1 or not others[0].pieces:
        return None
    label = others[0].pieces[0]
    labelled = not label.url and label.text.rstrip().endswith((":", "：")) and is_label(label.text)
    return others[0] if labelled and read_entry(others[0].pieces).is_sure else None


def _has_address(pieces: Sequence[Piece]) -> bool:
    return any(piece.url and not piece.url.startswith("#") for piece in pieces)


def title_column(item: Item) -> str:
    """Return the header of the column that holds titles: the first that says so, `title` before `name`."""
    found = [h for h in item.cells if fold_header(h) in TITLE_WORDS]
    best = [h for h in found if "title" in fold_header(h)] or [
        h for h in found if fold_header(h) not in _OTHER_THINGS
    ]
    chosen = next(iter(best or found), next(iter(item.cells), ""))
    if not _has_only_labels(item.cells.get(chosen, ())):
        return chosen
    named = [h for h in item.cells if fold_header(h) in _NAMING and not _has_only_labels(item.cells[h])]
    return next(iter(named), chosen)


def _has_only_labels(cell: Sequence[Piece]) -> bool:
    """Return whether a cell has links, and nothing but what they lead to: `[Paper](…) / [code](…)`."""
    return any(piece.url for piece in cell) and is_only_labels(cell) and not has_words(cell)


def _title_cell(item: Item) -> tuple[Piece, ...]:
    return item.cells[title_column(item)] if item.cells else item.pieces


def _find_kind(item: Item, facts: Facts) -> str:
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
        if header in TITLE_WORDS - _OTHER_THINGS
        else _judge_facts(facts, awaited=_awaits_paper(item.pieces))
    )


def _awaits_paper(pieces: Sequence[Piece]) -> bool:
    """Return whether a line of an item says that its paper is not there yet: `Paper: N/A`."""
    said = [re.split(r"[:：]", line, maxsplit=1) for line in "".join(p.text for p in pieces).split("\n")]
    return any(
        len(line) > 1 and line[1].strip().casefold() in NOTHING and names_paper(line[0]) for line in said
    )


def _judge_facts(facts: Facts, *, awaited: bool) -> str:
    """Return the kind of an item no link of which is known to be a paper's; `awaited` says that its paper is to come."""
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


def _is_reference(facts: Facts) -> bool:
    """Return whether words without a link say of a title by whom, and when or where, it was published."""
    dated = bool(facts.dates) or any(venue.year for venue in facts.venues)
    long = (
        len(facts.title.split()) >= _FEWEST_WORDS
        or len(re.findall(r"[\u3040-\u9fff\uac00-\ud7af]", facts.title)) > _FEWEST_WORDS
    )
    return not (facts.title_piece or facts.links) and bool(facts.authors) and dated and long


def _could_be_paper(facts: Facts) -> bool:
    """Return whether a title leads to a page that may be a paper's: no code, model, data or video."""
    links = [piece for piece in (facts.title_piece, *facts.links) if piece and piece.url]
    piece = links[0] if links else None
    link = parse_link(piece.url) if piece else None
    return (
        link is not None
        and link[0] in _PAPER_HOSTS
        and (facts.is_told or len(facts.title.split()) >= _FEWEST_WORDS)
    )


def _is_prose(item: Item, facts: Facts) -> bool:
    """Return whether a paragraph that begins with no title is a sentence about a paper."""
    if item.bullet or item.level or item.cells or find_lead(item.pieces):
        return False
    if facts.authors and facts.is_told and (facts.venues or facts.dates) and facts.title_piece:
        return False
    at = item.pieces.index(facts.title_piece) if facts.title_piece else 0
    before = re.findall(r"[^\W\d_]{2,}", join_text(item.pieces[:at]))
    first = facts.title.split(maxsplit=1)[0].casefold().strip(",.:") if facts.title else ""
    return len(before) >= _FEWEST_WORDS or first in _PROSE or not first


def _cell_facts(item: Item, header: str) -> Facts:
    return read_entry([replace(piece, text=piece.text or header) for piece in item.cells[header]])
