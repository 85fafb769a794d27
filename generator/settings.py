"""The choices of a maintainer for a site, as an immutable value without MkDocs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

Abstracts = Literal["show", "search", "off"]
Copies = Literal["auto", "on", "off"]


class Settings(Struct, frozen=True, kw_only=True):
    """Choices that hold for one run."""

    content: Path
    """The folder of the shelf: `papers/`, `topics.yml` and the hand-written pages."""
    site_name: str = "Papershelf"
    site_description: str = ""
    language: str = "en"
    """The language of the pages; one without labels is shown in English."""
    site_url: str = ""
    """Where the site will stand; what needs it is left out without it."""
    repo_url: str = ""
    """Where the repository is; with one at GitHub, pages offer a form for what is missing."""
    pretty_urls: bool = True
    """Whether the page `x.md` is found at `x/` rather than at `x.html`."""
    per_page: int = 100
    """Papers on one page of a list."""
    related: int = 5
    """Related papers shown with each paper."""
    newest: int = 8
    """Papers in the list of the newest on the home page."""
    abstracts: Abstracts = "show"
    """Show authors' abstracts, only search them, or leave them out of everything that is published."""
    meaning: bool = False
    """Whether the search also finds papers whose words mean what those of a query mean; it adds 1.1 MB to the site."""
    copies: Copies = "auto"
    """Whether each paper has a copy in Markdown for programs; `auto`: up to 2,000 papers."""
    offline: bool = True
    """Whether visited pages and the search work again without a network, through a worker in the reader's browser."""
    citations: tuple[str, ...] = ("apa", "ieee", "chicago", "nature")
    """The styles in which papers are cited beside BibTeX and RIS, in the order in which readers see them; none for an empty list."""
    cards: bool = True
    """Whether there are pictures for shared links; they need `site_url`."""
    card_font: Path | None = None
    """A font for names in pictures whose letters the built-in one does not have."""
