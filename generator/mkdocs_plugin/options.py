"""The plugin's options in mkdocs.yml, and their conversion to `Settings`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import cast

from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig

from generator.citations.style import STYLES
from generator.mkdocs_plugin.protection import PolicyOption
from generator.settings import Abstracts, Copies, Fonts, Settings


class _Number(c.Type[int]):
    """An integer with a minimum."""

    def __init__(self, *, default: int, least: int) -> None:
        super().__init__(int, default=default)
        self.least = least

    def run_validation(self, value: object) -> int:
        number = super().run_validation(value)
        if not isinstance(number, int) or number < self.least:
            raise ValidationError(f"expected an integer of at least {self.least}, but found {number}")
        return number


def can_draw() -> bool:
    """Return whether the packages for drawing social images are installed."""
    return all(find_spec(name) for name in ("PIL", "font_source_serif_pro"))


CARDS_EXTRA = "social images need the extra `cards`: run pip install 'papershelf[cards]'"


class _Cards(c.Optional[bool]):
    """Whether to draw social images; None means only if the packages are installed."""

    def run_validation(self, value: object) -> bool | None:
        asked = super().run_validation(value)
        if asked and not can_draw():
            raise ValidationError(CARDS_EXTRA)
        return asked


class _Font(c.File):
    """A font file, relative to the folder of mkdocs.yml."""

    def run_validation(self, value: object) -> str:
        if not can_draw():
            raise ValidationError(CARDS_EXTRA)
        from PIL import ImageFont  # noqa: PLC0415 (seldom needed)

        path = super().run_validation(value)
        try:
            ImageFont.truetype(path)
        except OSError as fault:
            raise ValidationError(f"{path} cannot be read as a font: {fault}") from fault
        return path


class PapershelfOptions(Config):
    """The plugin's options, with the names and meanings of `Settings`."""

    per_page = _Number(default=100, least=1)
    related = _Number(default=5, least=0)
    newest = _Number(default=8, least=0)
    abstracts = c.Choice(("show", "search", "off"), default="show")
    meaning = c.Type(bool, default=False)
    markdown_copies = c.Choice(("auto", "on", "off"), default="auto")
    offline = c.Type(bool, default=True)
    size_warning = _Number(default=500, least=1)
    size_limit = _Number(default=950, least=1)
    fonts = c.Choice(("bundled", "system"), default="bundled")
    citations = c.Optional(c.ListOfItems(c.Choice(tuple(STYLES))))
    cards = _Cards(c.Type(bool))
    card_font = c.Optional(_Font(exists=True))
    processes = _Number(default=0, least=0)
    pages = c.Choice(("fast", "mkdocs"), default="fast")
    csp = PolicyOption()


def read_settings(config: MkDocsConfig, options: PapershelfOptions) -> Settings:
    """Return the options of a configuration as `Settings` for the pipeline."""
    return Settings(
        content=Path(config.docs_dir),
        site_name=config.site_name,
        site_description=config.site_description or "",
        language=config.theme.get("language") or "en",
        site_url=config.site_url or "",
        repo_url=config.repo_url or "",
        pretty_urls=config.use_directory_urls,
        per_page=options.per_page,
        related=options.related,
        newest=options.newest,
        abstracts=cast("Abstracts", options.abstracts),
        meaning=options.meaning,
        copies=cast("Copies", options.markdown_copies),
        offline=options.offline,
        fonts=cast("Fonts", options.fonts),
        citations=None if options.citations is None else tuple(dict.fromkeys(options.citations)),
        cards=can_draw() if options.cards is None else options.cards,
        small_pictures=find_spec("PIL") is not None,
        card_font=Path(options.card_font) if options.card_font else None,
    )
