"""The targets of former URLs: the current URL of their content, or a tombstone.

Aliases of records, topics, authors, venues, and models and data redirect, and so do list pages beyond the last, years without papers, names without a list, reading
paths and fact tables that are no more, and URLs of the other form (`x/` and `x.html`). A redirect never overwrites current content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.model import Published, Site
from generator.settings import Settings
from generator.text.slugs import slug_name
from generator.urls.routes import build_page_url, paper_path, papers_path, picks_path, topic_path

_PAPER = re.compile(r"papers/([^/]+)\.md")
_TOPIC = re.compile(r"topics/([^/]+)\.md")
_LISTED = re.compile(r"(?:(?:papers|(picks))|(topics|years|venues|authors|resources)/([^/]+))/page/[^/]+\.md")
_IN_OVERVIEW = re.compile(r"(years|venues|authors|resources|paths|tables)/([^/]+)\.md")
_OF_TOPIC = re.compile(r"((?:data/)?topics/)([^/.]+)([/.].*)")
_TOPIC_FILE = re.compile(r"(topics/|data/topics/)([^/]+?)(/feed\.(?:xml|json)|\.bib(?:\.gz)?)")


class Redirect(Struct, frozen=True, kw_only=True):
    """A former URL: its file, its former content, and the current URL of that content (None: removed)."""

    file: str
    what: Published
    target: str | None


def file_of(address: str) -> str:
    """Return the file that a server returns for a URL."""
    return f"{address}index.html" if not address or address.endswith("/") else address


class Routes:
    """Finds the targets of former URLs from the current URLs and the aliases of records and topics."""

    def __init__(self, site: Site, settings: Settings, now: Mapping[str, Published]) -> None:
        self._pretty = settings.pretty_urls
        self._content = settings.content
        self._now = now
        self._paths = {path: address for address in now for path in _list_paths(address)}
        self._files = set(map(file_of, now))
        self._folders = {folder for file in self._files for folder in _list_folders(file)}
        papers = (*site.shelf.papers.values(), *site.shelf.removed.values())
        self.papers = {alias: paper.id for paper in papers for alias in paper.aliases}
        topics = site.taxonomy.topics.values()
        self.topics = {alias: topic.id for topic in topics for alias in topic.aliases}
        catalogue = site.catalogue
        self.names = {
            "authors": dict(catalogue.directory.list_author_slugs()),
            "venues": dict(catalogue.directory.list_venue_slugs(catalogue.venues)),
            "resources": {
                slug_name(form): slug
                for slug, resource in catalogue.resources.items()
                for form in resource.entry.forms
            },
        }

    def is_there(self, address: str) -> bool:
        """Return whether a URL has current content, so that no redirect may be written there."""
        file = file_of(address)
        return (
            file in self._files
            or file in self._folders
            or not self._files.isdisjoint(_list_folders(file))
            or (self._content / file).exists()
        )

    def find(self, address: str) -> str | None:
        """Return the current URL for a former one, or None."""
        if match := _TOPIC_FILE.fullmatch(address):
            address = f"{match[1]}{self.topics.get(match[2], match[2])}{match[3]}"
        for name in (address, f"{address}.gz", address.removesuffix(".gz")):
            if name in self._now and not name.endswith(("/", ".html")):
                return name
        for path in _list_paths(address):
            for target in self._follow(path):
                if target in self._paths:
                    return self._paths[target]
        return None

    def _follow(self, path: str) -> Iterator[str]:
        """Yield the possible current paths of a page, the likeliest first."""
        yield path
        if (match := _PAPER.fullmatch(path)) and match[1] in self.papers:
            yield paper_path(self.papers[match[1]])
        if match := _TOPIC.fullmatch(path):
            yield topic_path(self.topics.get(match[1], match[1]))
        if match := _LISTED.fullmatch(path):
            picks, kind, name = match.groups()
            if kind == "topics":
                topic = self.topics.get(name, name)
                yield path.replace(f"topics/{name}/", f"topics/{topic}/", 1)
                yield topic_path(topic)
            elif kind:
                there = self.names.get(kind, {}).get(name, name)
                yield path.replace(f"{kind}/{name}/", f"{kind}/{there}/", 1)
                yield f"{kind}/{there}.md"
                yield f"{kind}/index.md"
            else:
                yield picks_path() if picks else papers_path()
        if match := _IN_OVERVIEW.fullmatch(path):
            yield f"{match[1]}/{self.names.get(match[1], {}).get(match[2], match[2])}.md"
            yield f"{match[1]}/index.md"

    def list_aliases(self) -> Iterator[tuple[str, str]]:
        """Yield every URL that results from an alias of a paper or topic, with the current one; some may never have been published."""
        for alias, key in self.papers.items():
            former, present = (build_page_url(paper_path(one), pretty=self._pretty) for one in (alias, key))
            yield former, present
        by_topic: dict[str, list[str]] = {}
        for alias, topic in self.topics.items():
            by_topic.setdefault(topic, []).append(alias)
        for address in self._now if by_topic else ():
            if match := _OF_TOPIC.fullmatch(address):
                for alias in by_topic.get(match[2], ()):
                    yield f"{match[1]}{alias}{match[3]}", address


def list_redirects(routes: Routes, wanted: Mapping[str, Published]) -> Iterator[Redirect]:
    """Yield a redirect for each URL without current content; each leads directly to its final target."""
    taken: set[str] = set()
    folders: set[str] = set()
    for address in sorted(wanted):
        file, above = file_of(address), _list_folders(file_of(address))
        if routes.is_there(address) or file in taken or file in folders or not taken.isdisjoint(above):
            continue
        taken.add(file)
        folders.update(above)
        yield Redirect(file=file, what=wanted[address], target=routes.find(address))


def _list_paths(address: str) -> Iterable[str]:
    """Return the Markdown files that may have a URL, in either form of URLs."""
    if address.endswith(".html"):
        return (f"{address.removesuffix('.html')}.md",)
    if not address or address.endswith("/"):
        return tuple(filter(None, (address and f"{address.rstrip('/')}.md", f"{address}index.md")))
    return ()


def _list_folders(file: str) -> list[str]:
    parts = file.split("/")[:-1]
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]
