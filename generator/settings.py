"""The maintainer's settings for a site, as an immutable value independent of MkDocs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

Abstracts = Literal["show", "search", "off"]
Copies = Literal["auto", "on", "off"]
Fonts = Literal["bundled", "system"]


class Settings(Struct, frozen=True, kw_only=True):
    """Settings for one run."""

    content: Path
    """The folder of the shelf: `papers/`, `topics.yml` and the hand-written pages."""
    site_name: str = "Papershelf"
    site_description: str = ""
    language: str = "en"
    """The language of the pages; if there are no labels for it, English is used."""
    site_url: str = ""
    """The URL of the site; features that need it are left out without it."""
    repo_url: str = ""
    """The URL of the repository; with a GitHub repository, pages link to a form for missing facts."""
    pretty_urls: bool = True
    """Whether the URL of the page `x.md` is `x/` instead of `x.html`."""
    per_page: int = 100
    """Number of papers on each page of a list."""
    related: int = 5
    """Number of related papers shown for each paper."""
    newest: int = 8
    """Number of newest papers on the home page."""
    abstracts: Abstracts = "show"
    """Show authors' abstracts, only search them, or leave them out of everything that is published."""
    meaning: bool = False
    """Whether the search also finds papers by the meaning of the query's words; this adds 1.1 MB to the site."""
    copies: Copies = "auto"
    """Whether each paper has a Markdown copy for programs; `auto`: if there are at most 2,000 papers."""
    offline: bool = True
    """Whether visited pages and the search also work offline, by a service worker in the reader's browser."""
    fonts: Fonts = "bundled"
    """Whether pages load the fonts that come with the theme, or use those of the reader's system."""
    citations: tuple[str, ...] | None = None
    """The styles of references offered beside BibTeX and RIS, in their order. None: all of them if there are at most 2,000 papers."""
    cards: bool = True
    """Whether the site has social images, the pictures of shared links; they need `site_url`."""
    small_pictures: bool = False
    """Whether the site has smaller versions of the pictures of papers; they need Pillow."""
    card_font: Path | None = None
    """A font for names in social images with letters that the built-in font lacks."""
