"""The styles in which a site offers references."""

from __future__ import annotations

from generator.citations.style import STYLES
from generator.pages.parts import sizes
from generator.settings import Settings


def choose_styles(settings: Settings, papers: int) -> tuple[str, ...]:
    """Return the styles that the settings name; without any named, all of them on a shelf that is not large.

    References take about as long as the rest of a paper's page, so a large shelf has them only where they are asked for.

    >>> from pathlib import Path
    >>> settings = Settings(content=Path("content"))
    >>> choose_styles(settings, 300), choose_styles(settings, 3_000)
    (('apa', 'ieee', 'chicago', 'nature'), ())
    """
    if settings.citations is not None:
        return settings.citations
    return tuple(STYLES) if papers <= sizes.MOST_COPIES else ()
