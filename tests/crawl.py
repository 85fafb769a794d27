"""Reads a built site as a crawler does: pages, their links, anchors and titles."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

HOST = "https://crawler.invalid/"


@dataclass
class Crawled:
    """A page of the site: its title, the anchors on it, where its links lead, and whether it only leads on."""

    title: str
    anchors: set
    leads_on: bool = False
    links: list = field(default_factory=list)
    external: list = field(default_factory=list)


def crawl(site: Path, base: str) -> dict[str, Crawled]:
    """Return every HTML page below a folder, by its path; `base` is the site's own address."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
        anchors = {node.attributes["id"] for node in tree.css("[id]")} | {""}
        title = tree.css_first("title")
        leads_on = tree.css_first("meta[http-equiv=refresh]") is not None
        page = pages[path] = Crawled(title.text() if title else "", anchors, leads_on)
        for node in tree.css("a[href], link[href], script[src], img[src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            url = urljoin(HOST + path, link)
            for own in (
                base,
                HOST.rstrip("/") + urlsplit(base).path,
            ):  # addressed in full, or from the root of the host
                if url.startswith(own):
                    url = HOST + url.removeprefix(own)
            (page.links if url.startswith(HOST) else page.external).append(url)
    return pages


def find_broken(site: Path, pages: dict[str, Crawled]) -> list[str]:
    """Return the links that lead to no file or to no anchor, as `page -> link`."""
    broken = []
    for path, page in pages.items():
        for url in page.links:
            target, anchor = urldefrag(url)
            name = unquote(urlsplit(target).path).lstrip("/")
            name = name + "index.html" if not name or name.endswith("/") else name
            if not (site / name).is_file() or (
                anchor and name in pages and unquote(anchor) not in pages[name].anchors
            ):
                broken.append(f"{path} -> {url}")
    return broken


def find_orphans(pages: dict[str, Crawled]) -> set[str]:
    """Return the pages that no other page links to; former pages that lead on need no link."""
    linked = {
        unquote(urlsplit(url).path).lstrip("/")
        for path, page in pages.items()
        for url in page.links
        if url != HOST + path
    }
    linked |= {name + "index.html" for name in linked if not name or name.endswith("/")}
    found = {path for path, page in pages.items() if path not in linked and not page.leads_on}
    return found - {"index.html", "404.html"}
