"""The steps of a build for a preview, which reuse what did not change since the last build."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from generator.corpus import Corpus, read_papers
from generator.labels.labels import Labels
from generator.model import Shelf, Site, Taxonomy
from generator.pipeline import Placements, Relations, Steps
from generator.problems import Problem
from generator.topics.classify import build_classifier


class PreviewSteps(Steps):
    """Steps that take equal parts from the last build. The result is the same as that of `Steps`."""

    def __init__(self, records: Path | None = None, state: Path | None = None) -> None:
        super().__init__(records, state)
        self._site: Site | None = None
        self._corpus: Corpus | None = None
        self._number = -1
        self._unchanged: frozenset[str] = frozenset()

    def load(self, content: Path) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
        """Return as `Steps.load` does, with the former topics and glossary where they are equal, so that later steps can tell."""
        shelf, taxonomy, problems = super().load(content)
        if self._site is None:
            return shelf, taxonomy, problems
        if shelf.glossary == (glossary := self._site.shelf.glossary):  # each page compares it
            shelf = replace(shelf, glossary=glossary)
        self._unchanged = find_unchanged(self._site.shelf, shelf)
        return shelf, self._site.taxonomy if self._site.taxonomy == taxonomy else taxonomy, problems

    def read_words(self, shelf: Shelf) -> Corpus:
        """Return the words of all papers; only those of changed papers are read."""
        former = self._site.shelf.papers if self._site else ()
        places = {key: number for number, key in enumerate(former) if key in self._unchanged}
        return read_papers(shelf.papers.values(), self._corpus, places)

    def classify(self, shelf: Shelf, taxonomy: Taxonomy, corpus: Corpus, labels: Labels) -> Placements:
        """Return the topics of each paper; only changed papers are classified, unless the topics changed."""
        if self._site is None or self._site.taxonomy is not taxonomy:
            return super().classify(shelf, taxonomy, corpus, labels)
        changed = {key: paper for key, paper in shelf.papers.items() if key not in self._unchanged}
        found = {**self._site.placements, **build_classifier(taxonomy, labels).classify(changed)}
        return {key: found[key] for key in shelf.papers}

    def relate(self, shelf: Shelf, corpus: Corpus, number: int) -> Relations:
        """Return the nearest papers of each paper: the former ones, unless a text changed."""
        if self._site is not None and self._number == number and have_same_texts(self._site.shelf, shelf):
            return self._site.related
        return super().relate(shelf, corpus, number)

    def count_papers(self) -> int:
        """Return how many papers the last build had."""
        return len(self._site.shelf.papers) if self._site else 0

    def end(self, site: Site, corpus: Corpus, number: int) -> None:
        """Remember everything for the next build."""
        self._site, self._corpus, self._number = site, corpus, number


def find_unchanged(old: Shelf, new: Shelf) -> frozenset[str]:
    """Return the ids of the papers that are as they were."""
    return frozenset(key for key, paper in new.papers.items() if old.papers.get(key) == paper)


def have_same_texts(old: Shelf, new: Shelf) -> bool:
    """Return whether the same papers have the same texts in the same order, whatever else of them has changed."""

    def texts(shelf: Shelf) -> list[tuple[str, str, str, str]]:
        return [(p.id, p.title, p.summary, p.abstract) for p in shelf.papers.values()]

    return texts(old) == texts(new)
