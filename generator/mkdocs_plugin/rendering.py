"""Fast rendering of one build: which pages are filled into page shells, their shells, and the filling."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from generator.mkdocs_plugin.files import FilledFile, know_only, render_by_mkdocs, write_page
from generator.mkdocs_plugin.fill import PageFiller
from generator.mkdocs_plugin.shell import PageShell, ShellKind, build_shell_page, cut_shell, find_shell_kind
from generator.model import Plan

BATCH = 64
"""Number of pages that a process takes at a time."""
_LAYOUTS = frozenset({"paper", "list"})
PageShells = dict[ShellKind, PageShell]


class Filling:
    """The pages that are filled into page shells, and the shells that MkDocs renders."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config, self._files = config, files
        self.pages: list[tuple[Plan, FilledFile]] = []
        self._kinds: dict[str, ShellKind] = {}
        self.shells: PageShells = {}
        """The rendered shells. They are sent to the workers, which are forked before the shells exist."""
        slug: Callable[[str, str], str] = (config.mdx_configs.get("toc") or {}).get("slugify") or slugify
        self._filler = PageFiller(slug, pretty=config.use_directory_urls)

    def __len__(self) -> int:
        return len(self.pages)

    @property
    def batches(self) -> int:
        """The number of batches."""
        return -(-len(self.pages) // BATCH)

    def can_fill(self, plan: Plan) -> bool:
        """Return whether a page can be filled into a shell. Index pages cannot, because their URL is that of their folder."""
        return plan.layout in _LAYOUTS and not plan.path.endswith("/index.md")

    def add(self, plan: Plan) -> Iterator[File]:
        """Add a page, and yield its files for MkDocs: the page itself and, once, the page shell of its kind."""
        kind = find_shell_kind(plan)
        if kind not in self._kinds.values():
            shell = build_shell_page(plan)
            self._kinds[shell.path] = kind
            yield render_by_mkdocs(self._config, shell)
        file = know_only(self._config, plan.path)
        self.pages.append((plan, file))
        yield file

    def is_shell(self, path: str) -> bool:
        """Return whether a Markdown file is a page shell, which is not a page of the site."""
        return path in self._kinds

    def add_shell(self, page: MkDocsPage, html: str) -> None:
        """Store a rendered page shell.

        Raises:
            PageShellError: if a plugin changed the content of the page.
        """
        self.shells[self._kinds[page.file.src_uri]] = cut_shell(html, page.url)

    def list_missing(self) -> list[str]:
        """Return the page shells that were not rendered."""
        return [path for path, kind in self._kinds.items() if kind not in self.shells]

    def list_urls(self) -> list[str]:
        """Return the URLs of all filled pages."""
        return [file.url for _, file in self.pages]

    def fill_batch(self, shells: PageShells, number: int) -> None:
        """Fill and write one batch of pages."""
        for plan, file in self.pages[number * BATCH : (number + 1) * BATCH]:
            self.fill_page(shells, plan, file)

    def fill_page(self, shells: PageShells, plan: Plan, file: FilledFile) -> None:
        """Fill and write one page."""
        html = self._filler.fill_page(shells[find_shell_kind(plan)], plan.make(), file.url)
        write_page(self._config.site_dir, file.dest_uri, html)
