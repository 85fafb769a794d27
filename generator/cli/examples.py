"""The invented papers and topic of a new index, which the first import removes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from generator.model import Shelf, Taxonomy
from generator.records.read import FOLDER
from generator.topics.taxonomy import FILE

SCAFFOLD: Final = Path(__file__).parent.parent / "scaffold"
"""The files of a new index."""
NO_TOPICS: Final = (SCAFFOLD / "content" / FILE).read_bytes().splitlines(keepends=True)[0]
"""The text of `topics.yml` without a topic: its first comment."""


def is_example(name: str) -> bool:
    """Return whether a file of a new index contains invented papers or topics.

    >>> is_example("content/papers/choirs-of-sparrows.yml"), is_example("content/about.md")
    (True, False)
    """
    return name == f"content/{FILE}" or name.startswith(f"content/{FOLDER}/")


def find_examples(content: Path, shelf: Shelf) -> Collection[str]:
    """Return the unchanged example files below a content folder; none once their URLs were published."""
    if shelf.ledger:
        return ()
    own = SCAFFOLD / "content"
    names = [FILE, *(f"{FOLDER}/{path.name}" for path in sorted((own / FOLDER).glob("*.yml")))]
    return [name for name in names if _is_same(content / name, own / name)]


def leave_examples(shelf: Shelf, taxonomy: Taxonomy, examples: Collection[str]) -> tuple[Shelf, Taxonomy]:
    """Return a shelf and its topics without the examples."""
    papers = {key: paper for key, paper in shelf.papers.items() if shelf.places[key].file not in examples}
    places = {key: shelf.places[key] for key in papers}
    return replace(shelf, papers=papers, places=places), Taxonomy() if FILE in examples else taxonomy


def _is_same(path: Path, example: Path) -> bool:
    return path.is_file() and path.read_bytes() == example.read_bytes()
