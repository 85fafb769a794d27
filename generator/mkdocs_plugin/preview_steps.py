"""The steps of a preview's build, which reuse unchanged results of the last build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.corpus import Corpus, read_papers
from generator.labels.labels import Labels
from generator.model import Mentions, Shelf, Site, Taxonomy
from generator.pipeline import Placements, Relations, Steps
from generator.problems import Problem
from generator.topics.classify import build_classifier


class PreviewSteps(Steps):
    """Steps that reuse unchanged results of the last build. The result is the same as with `Steps`."""

    def __init__(self, records: Path | None = None, state: Path | None = None) -> None:
        super().__init__(records, state)
        self._site: Site | None = None
        self._loaded: Shelf | None = None
        self._former: Shelf | None = None
        """The shelf as it was loaded for the last build, whose papers later steps may have changed."""
        self._corpus: Corpus | None = None
        self._number = -1
        self._unchanged: frozenset[str] = frozenset()

    def load(self, content: Path) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
        """Return as `Steps.load` does, with the former topics and glossary where they are equal, so that later steps can tell."""
        shelf, taxonomy, problems = super().load(content)
        self._loaded = shelf
        if self._site is None or self._former is None:
            return shelf, taxonomy, problems
        if shelf.glossary == (glossary := self._site.shelf.glossary):  # each page compares it
            shelf = replace(shelf, glossary=glossary)
        self._unchanged = find_unchanged(self._former, shelf)
        return shelf, self._site.taxonomy if self._site.taxonomy == taxonomy else taxonomy, problems

    def read_words(self, shelf: Shelf) -> Corpus:
        """Return the words of all papers; only those of changed papers are read."""
        former = self._former.papers if self._former else ()
        places = {key: number for number, key in enumerate(former) if key in self._unchanged}
        return read_papers(shelf.papers.values(), self._corpus, places)

    def classify(self, shelf: Shelf, taxonomy: Taxonomy, corpus: Corpus, labels: Labels) -> Placements:
        """Return the topics of each paper; only changed papers are classified, unless the topics changed."""
        if self._site is None or self._site.taxonomy is not taxonomy:
            return super().classify(shelf, taxonomy, corpus, labels)
        changed = {key: paper for key, paper in shelf.papers.items() if key not in self._unchanged}
        found = {**self._site.placements, **build_classifier(taxonomy, labels).classify(changed)}
        return {key: found[key] for key in shelf.papers}

    def relate(self, shelf: Shelf, corpus: Corpus, placements: Placements, number: int) -> Relations:
        """Return the related papers of each paper: the former ones, unless a text, a vector or a topic changed."""
        site = self._site
        if (
            site is not None
            and self._number == number
            and have_same_texts(site.shelf, shelf)
            and site.shelf.embeddings == shelf.embeddings
            and have_same_topics(site.placements, placements)
        ):
            return site.related
        return super().relate(shelf, corpus, placements, number)

    def find_mentions(self, shelf: Shelf, corpus: Corpus) -> Mapping[str, Mentions]:
        """Return the mentions: the former ones, unless a text or a date changed."""
        site = self._site
        if site is not None and have_same_texts(site.shelf, shelf) and have_same_dates(site.shelf, shelf):
            return site.mentions
        return super().find_mentions(shelf, corpus)

    def count_papers(self) -> int:
        """Return the number of papers in the last build."""
        return len(self._site.shelf.papers) if self._site else 0

    def has_record(self, key: str) -> bool:
        """Return whether the last build had a record with this id, also of a removed paper."""
        shelf = self._site.shelf if self._site else None
        return shelf is not None and (key in shelf.papers or key in shelf.removed)

    def end(self, site: Site, corpus: Corpus, number: int) -> None:
        """Cache the results for the next build."""
        self._site, self._former, self._corpus, self._number = site, self._loaded, corpus, number


def find_unchanged(old: Shelf, new: Shelf) -> frozenset[str]:
    """Return the ids of unchanged papers."""
    return frozenset(key for key, paper in new.papers.items() if old.papers.get(key) == paper)


def have_same_dates(old: Shelf, new: Shelf) -> bool:
    """Return whether the papers are of the same dates, in the same order."""
    return [p.published for p in old.papers.values()] == [p.published for p in new.papers.values()]


def have_same_topics(old: Placements, new: Placements) -> bool:
    """Return whether the same papers are under the same topics, whatever put them there."""

    def topics(placements: Placements) -> list[tuple[str, list[str]]]:
        return [(key, [place.topic for place in places]) for key, places in placements.items()]

    return old is new or topics(old) == topics(new)


def have_same_texts(old: Shelf, new: Shelf) -> bool:
    """Return whether both shelves have the same papers with the same texts in the same order; other fields may differ."""

    def texts(shelf: Shelf) -> list[tuple[str, str, str, str]]:
        return [(p.id, p.title, p.summary, p.abstract) for p in shelf.papers.values()]

    return texts(old) == texts(new)
