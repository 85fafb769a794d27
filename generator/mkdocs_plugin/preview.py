"""The state of `mkdocs serve` between builds: unchanged filled pages, and the search index, which is built in the background.

MkDocs empties the preview's folder before each build. Filled pages are moved aside before and back after that, so
that only changed pages are filled again. A failed build is undone (`last_good_build.py`).
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from generator.mkdocs_plugin.files import FilledFile, write_asset
from generator.mkdocs_plugin.last_good_build import LastGoodBuild
from generator.mkdocs_plugin.preview_steps import PreviewSteps
from generator.mkdocs_plugin.rendering import Filling
from generator.mkdocs_plugin.shell import PageShell, ShellKind, find_shell_kind
from generator.model import Asset
from generator.pages.parts.sizes import class_of
from generator.pages.parts.templates import digest_templates, reload_templates
from generator.settings import Settings
from generator.urls.files import SEARCH_INDEX


class Preview:
    """The state of a preview; only the cache of parsed records outlives the process."""

    def __init__(self, steps: PreviewSteps) -> None:
        self.steps = steps
        self.is_whole = False
        """Whether the latest build has written everything."""
        self._kept = LastGoodBuild()
        self._pages: dict[str, tuple[str, tuple[object, ...]]] = {}
        self._rendered: set[str] = set()
        self._shells: dict[ShellKind, PageShell] = {}
        self._mark: object = None
        self._templates = digest_templates()
        self._assets: set[str] = set()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._waiting: Callable[[int], None] | None = None
        self._build = 0

    def put_aside(self, site: Path, *, dirty: bool = False) -> None:
        """Move the last build aside, cancel the index that is being built for it, and read templates again that have changed.

        With `serve --dirty`, MkDocs overwrites the last build, so a failed build cannot be undone.
        """
        if (templates := digest_templates()) != self._templates:
            self._templates = templates
            reload_templates()
        with self._lock:
            self._build += 1
            if not dirty:
                self._kept.put_aside(site)

    def put_back(self, files: Iterable[File]) -> None:
        """Move back filled pages and the search index, except files that MkDocs wrote or now writes from `files`."""
        paths = [*(path for path, _ in self._pages.values()), *self._assets]
        self._kept.share({path.partition("/")[0] for path in paths if "/" in path})
        for path in self._rendered | _list_rendered(files):
            self._kept.spare(path)

    def restore(self) -> None:
        """Undo a failed build and restore the folder of the last good build."""
        with self._lock:
            undone = self._kept.restore()
        if undone and self._waiting is not None:
            self._start(self._waiting)

    def fill_changed(self, config: MkDocsConfig, settings: Settings, filling: Filling) -> None:
        """Fill the pages whose content has changed since the last build."""
        site, shells = Path(config.site_dir), filling.shells
        size = class_of(self.steps.count_papers())
        mark = (settings, self._templates, size, config.use_directory_urls, repr(config.mdx_configs))
        known = self._pages if mark == self._mark else {}
        changed = {kind for kind, shell in shells.items() if self._shells.get(kind) != shell}
        self._mark = None  # until all pages are filled: what an error leaves behind is not trusted
        for plan, file in filling.pages:
            same = (
                known.get(plan.path) == (file.dest_uri, plan.depends) and find_shell_kind(plan) not in changed
            )
            if not same or not (site / file.dest_uri).is_file():
                self._kept.spare(file.dest_uri)
                filling.fill_page(shells, plan, file)
        self._mark, self._shells = mark, dict(shells)

    def end(self, site: Path, filling: Filling, files: Iterable[File]) -> None:
        """Record the current files, and delete obsolete pages and the last build."""
        self._rendered = _list_rendered(files)
        now = {plan.path: (file.dest_uri, plan.depends) for plan, file in filling.pages}
        written = {path for path, _ in now.values()} | self._rendered
        for path, _ in self._pages.values():
            if path not in written:
                (site / path).unlink(missing_ok=True)
        self._pages = now
        with self._lock:
            self._assets -= written  # a page that came back where it had left a redirect
            self._kept.forget()
        self.is_whole = True

    def make_index(self, site: Path, make: Callable[[], Iterable[Asset]]) -> None:
        """Build the search index in a separate folder, and move it into the preview if nothing has changed meanwhile."""

        def work(build: int) -> None:
            assets = list(make())
            gc.collect()
            with self._lock:
                if build == self._build and site.is_dir():
                    self._assets = _replace(site, assets, self._assets)
                    self._waiting = None

        self._waiting = work
        self._start(work)

    def _start(self, work: Callable[[int], None]) -> None:
        self._worker = threading.Thread(target=work, args=(self._build,), daemon=True)
        self._worker.start()

    def wait(self) -> None:
        """Wait until the search index is complete."""
        if self._worker is not None:
            self._worker.join()


def _list_rendered(files: Iterable[File]) -> set[str]:
    """Return the files that MkDocs writes."""
    return {file.dest_uri for file in files if not isinstance(file, FilledFile)}


def _replace(site: Path, assets: Iterable[Asset], before: Iterable[str]) -> set[str]:
    """Write new files, delete obsolete ones, and return the names of all files."""
    now = set()
    for asset in assets:
        now.add(asset.path)
        named = asset.path.startswith(SEARCH_INDEX) and asset.path.endswith(".bin")  # by its content
        if not named or not (site / asset.path).exists():
            write_asset(site, asset)
    for path in before:
        if path not in now:
            (site / path).unlink(missing_ok=True)
    return now
