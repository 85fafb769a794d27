"""Every URL that the site publishes with a description of its content, without rendering any page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.exports.page import name_export, name_relations, name_topic_file
from generator.exports.texts import EXPORTS
from generator.model import Paper, Plan, Published, Site
from generator.records.candidates import list_identifiers
from generator.records.read import FOLDER, is_data
from generator.settings import Settings
from generator.storage.strict_yaml import parse_yaml
from generator.storage.text_file import load_text
from generator.text.escaping import clean_line
from generator.text.maths import plain
from generator.urls.files import data_path, feed_path
from generator.urls.routes import build_page_url, paper_path

_HEADING = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


def list_published(site: Site, settings: Settings, plans: Iterable[Plan]) -> dict[str, Published]:
    """Return a description of every URL, including feeds, even if the build omits them because `site_url` is missing."""
    shelf = site.shelf
    found = {path: Published(title=title) for path, title in list_written(settings.content)}
    for plan in plans:
        key = plan.path.removeprefix(f"{FOLDER}/").removesuffix(".md")
        paper = shelf.papers.get(key) or shelf.removed.get(key)
        if paper is not None and plan.path == paper_path(key):
            found[plan.path] = describe_paper(paper)
        else:
            found.setdefault(plan.path, Published(title=format_title(plan.title)))
    pages = {build_page_url(path, pretty=settings.pretty_urls): what for path, what in found.items()}
    files = {
        path: Published(title=format_title(title))
        for path, title in (*list_feeds(site, settings), *list_data_files(site))
    }
    return pages | files


def describe_paper(paper: Paper) -> Published:
    """Return the description of a paper's page."""
    names = sorted(f"{kind}:{value}" for kind, value in list_identifiers(paper))
    return Published(title=_put_on_line(paper.title_text.plain), names=tuple(names), is_paper=True)


def format_title(title: str) -> str:
    """Return a title on one line, as in the ledger."""
    return _put_on_line(plain(title))


def _put_on_line(title: str) -> str:
    return clean_line(title).strip() or "Untitled"


def list_feeds(site: Site, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the paths and titles of all feeds."""
    titles = {"": settings.site_name}
    titles |= {key: f"{topic.name} · {settings.site_name}" for key, topic in site.taxonomy.topics.items()}
    for topic, title in titles.items():
        yield feed_path(topic, "xml"), f"{title} (Atom)"
        yield feed_path(topic, "json"), f"{title} (JSON Feed)"


def list_data_files(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the paths and titles of all data files."""
    number = len(site.shelf.papers)
    for form, export in EXPORTS.items():
        yield data_path(name_export(form, number)), f"All papers as {export.label}"
    for key, topic in site.taxonomy.topics.items():
        yield data_path(name_topic_file(key, number)), f"{topic.name} as BibTeX"
    yield data_path(name_relations(number)), "Which papers are related, and which mention which"
    yield data_path("record.schema.json"), "JSON Schema of a record"
    yield data_path("SHA256SUMS"), "Checksums of the data"
    yield data_path("urls.txt"), "Every address that was ever published"


def list_written(content: Path) -> Iterator[tuple[str, str]]:
    """Yield the paths and titles of the hand-written pages, by the rules of MkDocs."""
    for path in sorted(content.rglob("*.md")):
        name = path.relative_to(content).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/")) or name.startswith("templates/")
        if hidden or is_data(name):
            continue
        if path.name == "README.md":
            if path.with_name("index.md").exists():
                continue
            name = f"{name.removesuffix('README.md')}index.md"
        yield name, format_title(_read_title(path, name))


def _read_title(path: Path, name: str) -> str:
    """Return the title of a page: that in its front matter, otherwise its first heading, otherwise its file name."""
    text, _ = load_text(path, name=name)
    front = _FRONT.match(text)
    head = parse_yaml(front[1], file=name)[0] if front else None
    if isinstance(head, dict) and isinstance(head.get("title"), str) and head["title"]:
        return str(head["title"])
    heading = _HEADING.search(text)
    return heading[1] if heading else name.removesuffix("/index.md").removesuffix(".md")
