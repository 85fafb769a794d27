"""How many papers of a list were published in which year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.model import Site


def count_years(site: Site, keys: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return the years in which papers were published, latest first, with their numbers of papers; papers without a date are left out."""
    years = Counter(site.shelf.papers[key].published[:4] for key in keys)
    return tuple((year, years[year]) for year in sorted(filter(None, years), reverse=True))
