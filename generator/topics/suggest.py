"""Suggests topics from the papers: a tree of two levels, with names from phrases and rules that match the papers.

Papers and phrases are vectors of the same terms (TF-IDF). A phrase is the mean of the papers that contain it. Phrases
are chosen one after the other, each as the one that brings most papers closer than the chosen ones do (greedy facility
location: Nemhauser, Wolsey, Fisher, 1978). Each paper belongs to its nearest phrase. A topic is named after the phrase
that most of its papers and fewest others contain; its rules are phrases that occur mostly in its papers. Its subtopics
are phrases that occur in parts of its papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from generator.corpus import read_papers
from generator.model import Paper, Rule, Taxonomy, Topic
from generator.problems import Place
from generator.records.ids import RESERVED, is_id
from generator.topics.from_groups import build_topic_id
from generator.topics.phrases import FEWEST, Ints, Matrix, Phrases, Speller, count_phrases
from generator.topics.taxonomy import FILE

_READ = 20_000
"""Maximum number of papers that are read; in a larger shelf, only every second, third, … paper."""
_JUDGED = 4_000
"""Maximum number of papers that decide which phrases become topics, sampled in the same way."""
_TERMS, _CANDIDATES = 10_000, 1_000
"""Maximum numbers of terms in a vector, and of phrases that may become topics."""
_TOPICS = 1.5  # times the square root of the papers
_MOST_TOPICS, _MOST_BELOW = 30, 6
_WIDEST, _WIDEST_BELOW = 0.5, 0.6
"""The largest share of all papers for a topic's phrase, and of a topic's papers for a subtopic's phrase."""
_NARROWEST = 0.01
_IN_TITLES, _ALONE_IN_TITLES = 0.05, 0.15
"""The share of a name's papers that must have it in their titles, in general and for names of one word."""
_CLOSING, _OPENING = 0.4, 0.5
_LONGER = 1.25  # how much more a phrase of several words says
_PRECISE = 0.55
"""The share of a phrase's papers that must belong to its topic."""
_FALL = 0.5  # a phrase that gains less than this share of what the one before gained is the first not to be chosen
_MOST_PHRASES = 20
_LEAST = 1e-9
_DIGITS = 9  # sums are rounded before they are compared

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_Option = tuple[int, int, int]
"""A phrase that may be in a rule: the kind of rule, its row, and the number of the topic's papers that it finds."""
_RULES: Sequence[Mapping[str, object]] = ({}, {"times": 2}, {"fields": ("title",)})
"""The kinds of rules for a phrase, the widest first: anywhere, twice, in the title."""


def suggest_topics(papers: Sequence[Paper], taxonomy: Taxonomy) -> tuple[Topic, ...]:
    """Return new topics for papers, each before its subtopics; ids, former ids and names of the taxonomy are not repeated.

    Empty if the papers share too few phrases.

    >>> suggest_topics([], Taxonomy())
    ()
    """
    step = -(-len(papers) // _READ) or 1
    read = papers[::step]
    phrases = count_phrases(read_papers(read))
    if not len(phrases.stems):
        return ()
    return tuple(_Suggestion(read, phrases, taxonomy).build())


class _Group(Struct, frozen=True):
    """A topic under construction: the row of its name among the phrases, and its nearest papers."""

    row: int
    papers: Bools


class _Suggestion:
    """Chooses the phrases that become topics, and finds their rules."""

    def __init__(self, papers: Sequence[Paper], phrases: Phrases, taxonomy: Taxonomy) -> None:
        self._phrases = phrases
        self._speller = Speller(papers, phrases)
        self._number = len(papers)
        self._frequency = np.diff(phrases.counts.indptr)
        self._in_titles = np.diff(phrases.titles.indptr)
        self._words = np.fromiter(map(len, phrases.stems), np.int64)
        in_titles = self._in_titles / np.maximum(1, self._frequency)
        telling = phrases.whole & (in_titles >= np.where(self._words == 1, _ALONE_IN_TITLES, _IN_TITLES))
        sound = (phrases.closing >= _CLOSING) & (phrases.opening >= _OPENING)
        self._names = telling & sound
        """Phrases that may name a topic."""
        self._found = telling & (sound | (self._words == 1))
        """Phrases that may be in a rule."""
        self._taken = {
            key
            for topic in taxonomy.topics.values()
            for key in (topic.id, *topic.aliases, build_topic_id(topic.name))
        }

    def build(self) -> Iterator[Topic]:
        """Yield the topics with their rules."""
        groups = self._group(_weigh(self._phrases))
        for group, found in zip(groups, self._find_rules(groups) if groups else (), strict=True):
            name = self._speller.spell(group.row)
            topic = _make_topic(name, "", found)
            yield topic
            for row in self._choose_below(group):
                name = self._speller.spell(row)
                yield _make_topic(name, topic.id, (Rule(any=(name,)),))

    def _group(self, vectors: Matrix) -> list[_Group]:
        """Return the top-level topics with their papers."""
        rows = self._list_candidates()
        if not len(rows):
            return []
        titles = self._phrases.titles[rows]
        centres = _scale(_logarithms(self._phrases.counts[rows] + 2 * titles) @ vectors).toarray()
        middle = np.asarray(vectors.sum(axis=0)).ravel()
        middle /= max(_LEAST, np.linalg.norm(middle))
        judged = vectors[:: -(-self._number // _JUDGED)]
        near = judged @ centres.T - (judged @ middle)[:, None]
        rare = 1 - self._frequency[rows] / self._number
        weights = np.where(self._words[rows] > 1, _LONGER, 1) * rare
        chosen = self._choose(near, weights)
        if not chosen:
            return []
        near = np.round(vectors @ centres[chosen].T - (vectors @ middle)[:, None], _DIGITS)
        nearest = np.where(near.max(axis=1) > 0, near.argmax(axis=1), -1)
        groups = (nearest == number for number in range(len(chosen)))
        return [_Group(row, papers) for papers in groups if (row := self._name(papers, rows)) >= 0]

    def _name(self, papers: Bools, rows: Ints) -> int:
        """Return the phrase that most of the given papers and fewest others contain, or -1 if all such phrases are used."""
        hits = _mark(self._phrases.counts[rows], 1) @ papers.astype(np.float64)
        shares = hits / np.sqrt(self._frequency[rows] * max(1, papers.sum()))
        shares = np.round(shares * np.where(self._words[rows] > 1, _LONGER, 1), _DIGITS)
        order = np.argsort(-shares, kind="stable").tolist()
        return next((int(rows[at]) for at in order if hits[at] >= FEWEST and self._take(int(rows[at]))), -1)

    def _list_candidates(self) -> Ints:
        """Return the phrases that may name a top-level topic."""
        named = self._frequency >= max(FEWEST, _NARROWEST * self._number)
        named &= self._frequency <= max(FEWEST, _WIDEST * self._number)
        named &= self._in_titles >= 2  # noqa: PLR2004 (one title may be chance)
        named &= self._names
        rows = np.flatnonzero(named)
        return np.sort(rows[np.argsort(-self._frequency[rows], kind="stable")][:_CANDIDATES])

    def _choose(self, near: Floats, weights: Floats) -> list[int]:
        """Return the candidates that become topics."""
        wanted = min(_MOST_TOPICS, round(_TOPICS * self._number**0.5))
        best = np.zeros(len(near))
        chosen: list[int] = []
        last = 0.0
        for _ in range(wanted):
            gains = np.round(np.maximum(0, near - best[:, None]).sum(axis=0) * weights, _DIGITS)
            at = int(gains.argmax())
            if gains[at] <= _FALL * last:
                break
            last = gains[at]
            chosen.append(at)
            best = np.maximum(best, near[:, at])
        return chosen

    def _take(self, row: int) -> bool:
        """Return whether a phrase can name a topic, and mark its name as used."""
        key = build_topic_id(self._speller.spell(row))
        if key in self._taken or key in RESERVED or not is_id(key):
            return False
        self._taken.add(key)
        return True

    def _find_rules(self, groups: Sequence[_Group]) -> list[tuple[Rule, ...]]:
        """Return the rules of each topic: its name, and phrases that occur mostly in its papers."""
        counts, titles = self._phrases.counts, self._phrases.titles
        known = self._found & (self._frequency <= _WIDEST * self._number)
        known[[group.row for group in groups]] = True
        rows = np.flatnonzero(known)
        options: list[list[_Option]] = [[] for _ in groups]
        ways = (_mark(counts[rows], 1), _mark(counts[rows], 2), _mark(titles[rows], 1))
        for way, marks in enumerate(ways):
            topics, hits, precise = _judge(marks, rows, groups, last=way == len(ways) - 1)
            for at in np.flatnonzero(precise & known[rows]).tolist():
                known[rows[at]] = False
                options[topics[at]].append((way, int(rows[at]), int(hits[at])))
        return [self._build_rules(group, found) for group, found in zip(groups, options, strict=True)]

    def _build_rules(self, group: _Group, options: Sequence[_Option]) -> tuple[Rule, ...]:
        """Return rules that each find further papers, the name first, then the most frequent phrases."""
        counts, titles = self._phrases.counts, self._phrases.titles
        covered = np.zeros(self._number, np.bool_)
        chosen: list[list[str]] = [[] for _ in _RULES]
        order = sorted(options, key=lambda option: (option[1] != group.row, -option[2], option[0], option[1]))
        for way, row, _ in order:
            matrix = titles if way == len(_RULES) - 1 else counts
            papers = _list_papers(matrix, row, least=2 if way == 1 else 1)
            new = papers[group.papers[papers] & ~covered[papers]]
            if (len(new) or row == group.row) and sum(map(len, chosen)) < _MOST_PHRASES:
                covered[new] = True
                chosen[way].append(self._speller.spell(row))
        return tuple(
            Rule(any=tuple(found), **how)  # type: ignore[arg-type]
            for found, how in zip(chosen, _RULES, strict=True)
            if found
        )

    def _choose_below(self, group: _Group) -> Iterator[int]:
        """Yield phrases that occur mostly in the papers of a topic, each of which adds papers."""
        size = int(group.papers.sum())
        rows = np.flatnonzero(self._names)
        marks = _mark(self._phrases.counts[rows], 1)
        hits = marks @ group.papers.astype(np.float64)
        fitting = (hits >= _PRECISE * self._frequency[rows]) & (hits <= _WIDEST_BELOW * size)
        fewest = max(FEWEST, 2 * _NARROWEST * size)
        rows, marks = rows[fitting & (hits >= fewest)], marks[fitting & (hits >= fewest)]
        left = group.papers.astype(np.float64)
        weights = np.where(self._words[rows] > 1, _LONGER, 1)
        name = self._phrases.stems[group.row]
        weights = weights * [not _says_same(self._phrases.stems[row], name) for row in rows.tolist()]
        for _ in range(_MOST_BELOW):
            gains = marks @ left * weights
            if not len(rows) or gains.max() < fewest:
                return
            at = int(gains.argmax())
            weights[at] = 0
            if self._take(int(rows[at])):
                left[_list_papers(marks, at)] = 0
                yield int(rows[at])


def _judge(marks: Matrix, rows: Ints, groups: Sequence[_Group], *, last: bool) -> tuple[Ints, Floats, Bools]:
    """Return for each phrase its topic, the number of the topic's papers with it, and whether few others have it.

    A name belongs to its own topic. With `last`, a name becomes a rule whatever it finds.
    """
    belongs = csr_array(np.array([group.papers for group in groups]).T.astype(np.float64))
    all_hits = (marks @ belongs).toarray()
    names = {group.row: number for number, group in enumerate(groups)}
    own = np.array([names.get(row, -1) for row in rows.tolist()])
    topics = np.where(own >= 0, own, all_hits.argmax(axis=1))
    hits = all_hits[np.arange(len(rows)), topics]
    papers = np.diff(marks.indptr)
    shares = np.array([group.papers.mean() for group in groups])  # what chance would find counts as one paper
    precise = ((hits + shares[topics]) / (papers + 1) >= _PRECISE) & (papers >= FEWEST)
    return topics, hits, precise | ((own >= 0) & last)


def _make_topic(name: str, parent: str, rules: tuple[Rule, ...]) -> Topic:
    """Return a topic named after a phrase."""
    return Topic(
        id=build_topic_id(name),
        name=name[:1].upper() + name[1:],
        parent=parent,
        rules=rules,
        place=Place(file=FILE),
    )


def _says_same(phrase: Sequence[str], name: Sequence[str]) -> bool:
    """Return whether a phrase is a part of a name or its initials.

    >>> _says_same(("owl",), ("barn", "owl")), _says_same(("bo",), ("barn", "owl"))
    (True, True)
    """
    return set(phrase) <= set(name) or phrase == ("".join(word[0] for word in name),)


def _weigh(phrases: Phrases) -> Matrix:
    """Return a matrix with a vector for each paper, of the words and word pairs that do not occur in too many papers."""
    papers = np.diff(phrases.counts.indptr)
    number = phrases.counts.shape[1]
    short = np.fromiter((len(phrase) < 3 for phrase in phrases.stems), np.bool_)  # noqa: PLR2004 (a pair has two)
    rows = np.flatnonzero(short & (papers <= max(FEWEST, _WIDEST * number)))
    rows = np.sort(rows[np.argsort(-papers[rows], kind="stable")][:_TERMS])
    counts = _logarithms(phrases.counts[rows] + phrases.titles[rows])
    return _scale((diags_array(np.log(1 + number / papers[rows])) @ counts).T)


def _logarithms(counts: Matrix) -> Matrix:
    """Return logarithmic frequencies."""
    found = csr_array(counts)
    found.data = 1 + np.log2(found.data)
    return found


def _scale(rows: Matrix) -> Matrix:
    """Return the rows of a matrix scaled to length one; zero rows stay zero."""
    lengths = np.sqrt(np.asarray((rows * rows).sum(axis=1)).ravel())
    return csr_array(diags_array(1 / np.maximum(lengths, _LEAST)) @ csr_array(rows))


def _mark(counts: Matrix, least: int) -> Matrix:
    """Return ones for counts that are large enough."""
    found = csr_array(counts, copy=True)
    found.data = (found.data >= least).astype(np.float64)
    found.eliminate_zeros()
    return found


def _list_papers(counts: Matrix, row: int, least: int = 1) -> Ints:
    """Return the papers with a large enough count in a row of a matrix."""
    place = slice(*counts.indptr[row : row + 2].tolist())
    return np.asarray(counts.indices[place][counts.data[place] >= least])
