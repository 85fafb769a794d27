"""Shell A: MkDocs events to the pipeline and back; every event only forwards."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.model import Asset, Page
from generator.pages.markdown import render_source
from generator.pipeline import build_assets, build_pages, build_site
from generator.problems import PapershelfError, Severity
from generator.settings import Abstracts, Settings
from generator.shelf.reader import is_data
from generator.staging import drop, stage, swap
from generator.theme import SCRIPTS, find_theme, pack_script

log = get_plugin_logger("papershelf")


class _Number(c.Type[int]):
    """A whole number that is not too small."""

    def __init__(self, *, default: int, least: int) -> None:
        super().__init__(int, default=default)
        self.least = least

    def run_validation(self, value: object) -> int:
        number = super().run_validation(value)
        if not isinstance(number, int) or number < self.least:
            raise ValidationError(f"a whole number of at least {self.least} is needed, not {number}")
        return number


class PapershelfOptions(Config):
    """The plugin's options in mkdocs.yml; they are named and explained as in `Settings`."""

    per_page = _Number(default=100, least=1)
    related = _Number(default=5, least=0)
    newest = _Number(default=8, least=0)
    abstracts = c.Choice(("show", "search", "off"), default="show")


def read_settings(config: MkDocsConfig, options: PapershelfOptions) -> Settings:
    """Return the choices of a configuration as the pipeline takes them."""
    return Settings(
        content=Path(config.docs_dir),
        site_name=config.site_name,
        site_description=config.site_description or "",
        per_page=options.per_page,
        related=options.related,
        newest=options.newest,
        abstracts=cast("Abstracts", options.abstracts),
    )


class PapershelfPlugin(BasePlugin[PapershelfOptions]):
    """Adds the pages of a shelf to a MkDocs site."""

    def __init__(self) -> None:
        self._command: Literal["build", "gh-deploy", "serve"] = "build"
        self._pages: list[Page] = []
        self._assets: list[Asset] = []
        self._staged: tuple[MkDocsConfig, str] | None = None
        self._whole = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002 (MkDocs's signature)
        """Remember the command: only a build is staged."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Lay the theme over Material, below the site's own overrides; without a repository there is nothing to edit."""
        if not config.repo_url:
            config.edit_uri = config.edit_uri_template = None
        theme = str(find_theme())
        if not any(Path(folder).exists() and Path(folder).samefile(theme) for folder in config.theme.dirs):
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, theme)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check everything before anything is written."""
        settings = read_settings(config, self.config)
        try:
            site, problems = build_site(settings)
        except PapershelfError as fault:
            raise PluginError(f"the content has faults\n{fault}") from fault
        for problem in problems:
            (log.warning if problem.severity is Severity.WARNING else log.info)(str(problem))
        self._pages = list(build_pages(site, settings))
        self._assets = list(build_assets(site, settings))
        if self._command != "serve":
            self._staged = (config, config.site_dir)
            config.site_dir = str(stage(Path(config.site_dir)))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages; a hand-written page of the same path wins. Data files are not published."""
        for file in list(files):
            if is_data(file.src_uri):
                files.remove(file)
            elif file.src_uri.startswith(SCRIPTS) and file.src_uri.endswith(".js"):
                file.content_string = pack_script(file.content_string)
        for page in self._pages:
            if page.path not in files.src_uris:
                file = File.generated(
                    config, page.path, content=render_source(page), inclusion=InclusionLevel.NOT_IN_NAV
                )
                file.edit_uri = page.edit or None
                files.append(file)
        for asset in self._assets:
            files.append(File.generated(config, asset.path, content=asset.body))
        return files

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
        """Watch both themes and the page templates too; MkDocs itself watches the content."""
        own = Path(config.theme.custom_dir) if config.theme.custom_dir else find_theme()
        for folder in sorted({own.resolve(), find_theme(), Path(__file__).parent / "pages" / "templates"}):
            server.watch(str(folder))
        return server

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Note that every page is written; an interruption before this leaves the old site as it is.

        The packed sitemap holds the time of the build, and a sitemap without addresses says nothing: both go.
        """
        site = Path(config.site_dir)
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        if not config.site_url:
            (site / "sitemap.xml").unlink(missing_ok=True)
        self._whole = True

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002 (MkDocs's signature)
        """Leave the old site as it is; strict mode gives up only after the last page."""
        self._whole = False

    @event_priority(-100)
    def on_shutdown(self) -> None:
        """Put the new site in its place, if it is whole."""
        if self._staged is None:
            return
        config, site = self._staged
        staged, config.site_dir = Path(config.site_dir), site
        self._staged = None
        if self._whole:
            swap(staged, Path(site))
        else:
            drop(staged)
