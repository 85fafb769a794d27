"""How well the topics cover the shelf: counts, papers without a topic, and terms that could become topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from msgspec import Struct

from generator.model import Placement, Shelf, Taxonomy
from generator.text.words import STOP_WORDS, fold, split, stem
from generator.topics.quotes import split_phrase

_FEWEST = 5
_SHOWN = 20


class TopicReport(Struct, frozen=True, kw_only=True):
    """Statistics about a classification."""

    papers: int
    placed: int
    """The number of papers under at least one topic."""
    by_topic: Mapping[str, int]
    by_number: Mapping[int, int]
    """The number of papers with no topic, one, two and so on."""
    without: tuple[str, ...]
    candidates: Mapping[str, int]
    """Two-word terms in titles that occur in no rule, with their numbers of papers."""


def build_report(
    shelf: Shelf, taxonomy: Taxonomy, placements: Mapping[str, tuple[Placement, ...]]
) -> TopicReport:
    """Return how the papers are distributed over the topics."""
    by_topic = Counter(dict.fromkeys(taxonomy.topics, 0))
    by_topic.update(p.topic for places in placements.values() for p in places)
    without = tuple(key for key in shelf.papers if not placements.get(key))
    return TopicReport(
        papers=len(shelf.papers),
        placed=len(shelf.papers) - len(without),
        by_topic=dict(by_topic),
        by_number=dict(sorted(Counter(len(places) for places in placements.values()).items())),
        without=without,
        candidates=_find_candidates(shelf, taxonomy),
    )


def _find_candidates(shelf: Shelf, taxonomy: Taxonomy) -> dict[str, int]:
    known = {
        phrase
        for t in taxonomy.topics.values()
        for rule in t.rules
        for phrase in map(split_phrase, (*rule.any, *rule.all))
    }
    papers: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    for paper in shelf.papers.values():
        words = split(fold(f"{paper.title_text.plain} . {paper.summary_text.plain}"))[0]
        pairs = {(stem(a), stem(b)): f"{a} {b}" for a, b in pairwise(words) if not {a, b} & STOP_WORDS}
        papers.update(pairs.keys())
        for pair, text in pairs.items():
            written[pair] = min(written.get(pair, text), text)
    common = [(pair, n) for pair, n in papers.items() if n >= _FEWEST and pair not in known]
    return {written[pair]: n for pair, n in sorted(common, key=lambda item: (-item[1], item[0]))[:_SHOWN]}
