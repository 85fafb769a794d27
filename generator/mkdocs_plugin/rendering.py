"""The pages that the press prints in one build: which they are, their plates, and their printing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from generator.mkdocs_plugin.files import PressedFile, know_only, render_by_mkdocs, write_page
from generator.mkdocs_plugin.fill import Printer
from generator.mkdocs_plugin.shell import Plate, Shape, build_plate_page, cut_plate, shape_of
from generator.model import Plan

BATCH = 64
"""Pages that one process takes at a time."""
_LAYOUTS = frozenset({"paper", "list"})
Plates = dict[Shape, Plate]


class Printing:
    """The pages that the press prints, and those that MkDocs renders for it."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config, self._files = config, files
        self.pages: list[tuple[Plan, PressedFile]] = []
        self._shapes: dict[str, Shape] = {}
        self.plates: Plates = {}
        """The rendered plates; helpers were forked before there were any, and are given them."""
        slug: Callable[[str, str], str] = (config.mdx_configs.get("toc") or {}).get("slugify") or slugify
        self._printer = Printer(self._to_url, slug)

    def __len__(self) -> int:
        return len(self.pages)

    @property
    def batches(self) -> int:
        """How many batches there are."""
        return -(-len(self.pages) // BATCH)

    def can_print(self, plan: Plan) -> bool:
        """Return whether a page is one of many of its kind. An index has another address than its neighbours."""
        return plan.layout in _LAYOUTS and not plan.path.endswith("/index.md")

    def add(self, plan: Plan) -> Iterator[File]:
        """Take a page, and yield the files by which MkDocs knows it: itself, and the plate of its shape."""
        shape = shape_of(plan)
        if shape not in self._shapes.values():
            plate = build_plate_page(plan)
            self._shapes[plate.path] = shape
            yield render_by_mkdocs(self._config, plate)
        file = know_only(self._config, plan.path)
        self.pages.append((plan, file))
        yield file

    def is_plate(self, path: str) -> bool:
        """Return whether a Markdown file is a plate, which is no page of the site."""
        return path in self._shapes

    def take_plate(self, page: MkDocsPage, html: str) -> None:
        """Keep a rendered plate.

        Raises:
            PlateError: when the page is not as it was given.
        """
        self.plates[self._shapes[page.file.src_uri]] = cut_plate(html, page.url)

    def list_missing(self) -> list[str]:
        """Return the plates that were not rendered."""
        return [path for path, shape in self._shapes.items() if shape not in self.plates]

    def list_urls(self) -> list[str]:
        """Return the addresses of all printed pages."""
        return [file.url for _, file in self.pages]

    def print_batch(self, plates: Plates, number: int) -> None:
        """Print and write one batch of pages."""
        for plan, file in self.pages[number * BATCH : (number + 1) * BATCH]:
            self.print_page(plates, plan, file)

    def print_page(self, plates: Plates, plan: Plan, file: PressedFile) -> None:
        """Print and write one page."""
        html = self._printer.print_page(plates[shape_of(plan)], plan.make(), file.url)
        write_page(self._config.site_dir, file.dest_uri, html)

    def _to_url(self, source: str, target: str) -> str:
        file, here = self._files.get_file_from_path(target), self._files.get_file_from_path(source)
        return get_relative_url(file.url, here.url) if file and here else target
