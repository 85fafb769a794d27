"""MkDocs's files for generated pages: those that MkDocs renders, and those that it only lists because they are filled into page shells."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from generator.model import Asset, Page
from generator.pages.parts.templates import render_source
from generator.storage.folder import check_name


class FilledFile(File):
    """A Markdown file that can be a link target but that MkDocs neither renders nor copies."""

    def is_documentation_page(self) -> bool:
        """Return False, because MkDocs does not render the page."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 (MkDocs's signature)
        """Do nothing, because the page is written when it is filled."""


def render_by_mkdocs(config: MkDocsConfig, page: Page) -> File:
    """Return a generated page as a file that MkDocs renders."""
    source = render_source(page)
    file = File.generated(config, check_name(page.path), content=source, inclusion=InclusionLevel.NOT_IN_NAV)
    file.edit_uri = page.edit or None
    return file


def know_only(config: MkDocsConfig, path: str) -> FilledFile:
    """Return the file of a page that is filled into a page shell. It is never a folder's index page."""
    target = path.removesuffix(".md") + ("/index.html" if config.use_directory_urls else ".html")
    folders = (config.docs_dir, config.site_dir, config.use_directory_urls)
    return FilledFile(path, *folders, dest_uri=target, inclusion=InclusionLevel.NOT_IN_NAV)


_ADDRESS = re.compile(r'<a (href="(https?://[^"]+)">\2</a>)')


def mark_addresses(html: str) -> str:
    """Return the content of a page with links marked whose text is their URL, so that print does not repeat it."""
    return _ADDRESS.sub(r'<a class="ps-url" \1', html)


def leave_out(nav: object, paths: Collection[str]) -> Any:  # noqa: ANN401 (as MkDocs reads it from YAML)
    """Return a configured navigation without the entries for certain pages and without sections that become empty.

    >>> leave_out([{"Home": "index.md"}, {"More": [{"Map": "map.md"}]}], ["map.md"])
    [{'Home': 'index.md'}]
    """
    if isinstance(nav, dict):
        return {name: kept for name, inner in nav.items() if (kept := leave_out(inner, paths))}
    if isinstance(nav, list):
        return [kept for item in nav if (kept := leave_out(item, paths))]
    return None if nav in paths else nav


def list_in_nav(nav: object) -> Iterator[str]:
    """Yield the paths in a configured navigation."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (list, dict)):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from list_in_nav(item)


def write_page(site_dir: str, path: str, html: str) -> None:
    """Write a page below the site's folder; a path outside the folder is rejected."""
    check_name(path)
    target = f"{site_dir}/{path}"
    try:
        file = open(target, "wb", buffering=0)  # noqa: PTH123, SIM115 (once for each of 100,000 pages)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 (as above)
        file = open(target, "wb", buffering=0)  # noqa: PTH123, SIM115 (as above)
    with file:
        file.write(html.encode("utf-8", "xmlcharrefreplace"))


def write_asset(site_dir: Path, asset: Asset) -> None:
    """Write a generated file other than a page below the site's folder; a path outside the folder is rejected."""
    target = site_dir / check_name(asset.path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(asset.body)
