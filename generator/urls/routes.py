"""The path of every page in the tree of Markdown files, and the URL from one page to another.

Paths end in `.md`; MkDocs and its kin turn `papers/x.md` into `/papers/x/`, or `/papers/x.html` without directory
URLs, and check each link between them.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import urlencode

HOME = "index.md"
SEARCH = "search.md"
NEW = "new/index.md"
DATA = "data/index.md"
MAP = "map.md"
STATS = "stats.md"
GLOSSARY = "glossary.md"
READING_PATHS = "paths/index.md"
FACT_TABLES = "tables/index.md"
DESK = "desk.md"
CHECK = "desk/check.md"
COMPARE = "desk/compare.md"


def paper_path(paper: str) -> str:
    """Return the path of a paper's page."""
    return f"papers/{paper}.md"


def find_paper(url: str) -> str:
    """Return the id in the URL of a paper's page, with or without directory URLs; empty for other pages.

    >>> find_paper("papers/owls/"), find_paper("papers/owls.html"), find_paper("papers/owls/index.html"), find_paper("papers/")
    ('owls', 'owls', 'owls', '')
    """
    page = url.removesuffix("index.html")
    key = page.removeprefix("papers/").removesuffix("/").removesuffix(".html")
    urls = {build_page_url(paper_path(key), pretty=pretty) for pretty in (True, False)}
    return key if key and "/" not in key and page in urls else ""


def papers_path(number: int = 1) -> str:
    """Return the path of a page of the list of all papers, counted from 1."""
    return _paged("papers/index.md", "papers/page", number)


def picks_path(number: int = 1) -> str:
    """Return the path of a page of the list of picks, counted from 1."""
    return _paged("picks.md", "picks/page", number)


def topics_path() -> str:
    """Return the path of the overview of topics."""
    return "topics/index.md"


def topic_path(topic: str, number: int = 1) -> str:
    """Return the path of a page of a topic, counted from 1."""
    return _paged(f"topics/{topic}.md", f"topics/{topic}/page", number)


def years_path() -> str:
    """Return the path of the overview of years."""
    return "years/index.md"


def year_path(year: str, number: int = 1) -> str:
    """Return the path of a page of a year, counted from 1."""
    return _paged(f"years/{year}.md", f"years/{year}/page", number)


def venues_path() -> str:
    """Return the path of the overview of venues."""
    return "venues/index.md"


def venue_path(slug: str, number: int = 1) -> str:
    """Return the path of a page of a venue, counted from 1."""
    return _paged(f"venues/{slug}.md", f"venues/{slug}/page", number)


def authors_path() -> str:
    """Return the path of the overview of authors."""
    return "authors/index.md"


def author_path(slug: str, number: int = 1) -> str:
    """Return the path of a page of an author's name, counted from 1."""
    return _paged(f"authors/{slug}.md", f"authors/{slug}/page", number)


def resources_path() -> str:
    """Return the path of the overview of models, data sets and benchmarks."""
    return "resources/index.md"


def resource_path(slug: str, number: int = 1) -> str:
    """Return the path of a page of a model, a data set or a benchmark, counted from 1."""
    return _paged(f"resources/{slug}.md", f"resources/{slug}/page", number)


def reading_path_page(path: str) -> str:
    """Return the path of the page of a reading path."""
    return f"paths/{path}.md"


def fact_table_page(table: str) -> str:
    """Return the path of the page of a fact table."""
    return f"tables/{table}.md"


def search_link(source: str, **filters: str) -> str:
    """Return the link from a page to the search with the given filters."""
    return f"{build_link(source, SEARCH)}?{urlencode(filters)}" if filters else build_link(source, SEARCH)


def _paged(first: str, folder: str, number: int) -> str:
    return first if number == 1 else f"{folder}/{number}.md"


def build_link(source: str, target: str) -> str:
    """Return the relative link from one page's file to another's, as Markdown writes it."""
    here, there = source.rpartition("/"), target.rpartition("/")
    return there[2] if here[0] == there[0] else _relate(here[0], there[0]) + there[2]


@lru_cache(maxsize=10_000)
def _relate(source: str, target: str) -> str:
    """Return the relative path from one folder to another, with a slash at its end."""
    way = posixpath.relpath(target or ".", source or ".")
    return "" if way == "." else f"{way}/"


def build_page_url(path: str, *, pretty: bool) -> str:
    """Return the URL of a page relative to the site: `x/` for `x.md`, or `x.html` without directory URLs (`pretty`)."""
    name = path.removesuffix(".md")
    if not pretty:
        return f"{name}.html"
    folder, _, last = name.rpartition("/")
    return f"{folder}/" if last == "index" and folder else "" if last == "index" else f"{name}/"


def build_url_link(source: str, target: str, *, pretty: bool) -> str:
    """Return the relative URL from one page's URL to another's, for HTML that no engine reads as Markdown.

    >>> build_url_link("topics/owls.md", "papers/mice.md", pretty=True)
    '../../papers/mice/'
    """
    return build_file_link(source, build_page_url(target, pretty=pretty), pretty=pretty) + "/" * pretty


def resolve_link(link: str, *, pretty: bool) -> str:
    """Return the relative URL for a link to the file of a page, as MkDocs does for links on pages that are no index of a folder.

    Other links are returned unchanged.

    >>> resolve_link("../search.md?topic=owls", pretty=True), resolve_link("../index.md", pretty=True)
    ('../../search/?topic=owls', '../../')
    >>> resolve_link("../search.md?topic=owls", pretty=False), resolve_link("https://example.org/x.md", pretty=True)
    ('../search.html?topic=owls', 'https://example.org/x.md')
    """
    end = min((at for at in (link.find("?"), link.find("#")) if at >= 0), default=len(link))
    path = link[:end]
    if not path.endswith(".md") or ":" in path:
        return link
    name = path.removesuffix(".md")
    if not pretty:
        return f"{name}.html{link[end:]}"
    folder, _, last = name.rpartition("/")
    name = folder if last == "index" else name
    return f"../{name}/{link[end:]}" if name else f"../{link[end:]}"


def build_file_link(source: str, file: str, *, pretty: bool) -> str:
    """Return the relative URL from a page to a file, such as `feed.xml` (or `owls/feed.xml`) from `topics/owls.md` to its feed."""
    folder = build_page_url(source, pretty=pretty).rpartition("/")[0]
    return posixpath.relpath(file, folder or ".")


SINGLE = (
    HOME, SEARCH, MAP, NEW, STATS, GLOSSARY, READING_PATHS, FACT_TABLES, DESK, CHECK, COMPARE, DATA, papers_path(), picks_path(), topics_path(), years_path(), venues_path(), authors_path(), resources_path(),
)  # fmt: skip
"""The pages that every site has exactly once and that a navigation may list."""
