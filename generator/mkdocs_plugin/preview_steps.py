"""The steps of a preview's build, which reuse unchanged results of the last build."""

from __future__ import annotations

from pathlib import Path

from generator.corpus import Corpus, read_papers
from generator.labels.labels import Labels
from generator.model import Shelf, Site, Taxonomy
from generator.pipeline import Placements, Relations, Steps
from generator.problems import Problem
from generator.topics.classify import build_classifier


class PreviewSteps(Steps):
    """Steps that reuse unchanged results of the last build. The result is the same as with `Steps`."""

    def __init__(self, records: Path | None = None, state: Path | None = None) -> None:
        super().__init__(records, state)
        self._site: Site | None = None
        self._corpus: Corpus | None = None
        self._number = -1
        self._unchanged: frozenset[str] = frozenset()

    def load(self, content: Path) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
        """Return the same as `Steps.load`. Unchanged topics are the same objects, so that later steps can detect them."""
        shelf, taxonomy, problems = super().load(content)
        if self._site is None:
            return shelf, taxonomy, problems
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
        """Return the nearest papers of each paper; they are computed again only if a text changed."""
        if self._site is not None and self._number == number and have_same_texts(self._site.shelf, shelf):
            return self._site.related
        return super().relate(shelf, corpus, number)

    def count_papers(self) -> int:
        """Return the number of papers in the last build."""
        return len(self._site.shelf.papers) if self._site else 0

    def end(self, site: Site, corpus: Corpus, number: int) -> None:
        """Cache the results for the next build."""
        self._site, self._corpus, self._number = site, corpus, number


def find_unchanged(old: Shelf, new: Shelf) -> frozenset[str]:
    """Return the ids of unchanged papers."""
    return frozenset(key for key, paper in new.papers.items() if old.papers.get(key) == paper)


def have_same_texts(old: Shelf, new: Shelf) -> bool:
    """Return whether both shelves have the same papers with the same texts in the same order; other fields may differ."""

    def texts(shelf: Shelf) -> list[tuple[str, str, str, str]]:
        return [(p.id, p.title, p.summary, p.abstract) for p in shelf.papers.values()]

    return texts(old) == texts(new)
