"""The paths of all files that are not pages: feeds, exports, Markdown copies, images, and data for scripts."""

from __future__ import annotations

import re

_FOLDER = "data"  # of the exports and of what describes them
ARRIVALS = "new/arrivals.json"
MAP_POINTS = "map/points.json"
SEARCH_INDEX = "search/index"
"""The folder of the files that the search loads."""
EXPORT_FILES = f"{_FOLDER}/papers.*"
"""The exports of the whole shelf, as a pattern."""


def data_path(name: str) -> str:
    """Return the path of a file in the data folder, such as `data/SHA256SUMS`."""
    return f"{_FOLDER}/{name}"


def export_name(ending: str, *, packed: bool) -> str:
    """Return the name of an export of the whole shelf: `papers.bib`, or `papers.bib.gz` if it is compressed."""
    return f"papers.{ending}{'.gz' if packed else ''}"


def relations_name(*, packed: bool) -> str:
    """Return the name of the file that says which papers are related and which mention which."""
    return f"relations.jsonl{'.gz' if packed else ''}"


def topic_export_name(topic: str, *, packed: bool) -> str:
    """Return the path of a topic's export, relative to the data folder: `topics/owls.bib`."""
    return f"topics/{topic}.bib{'.gz' if packed else ''}"


def feed_path(topic: str = "", ending: str = "xml") -> str:
    """Return the path of a topic's feed, or of the feed of all papers: `topics/owls/feed.xml`, `feed.json`."""
    return f"topics/{topic}/feed.{ending}" if topic else f"feed.{ending}"


def copy_path(paper: str, *, pretty: bool) -> str:
    """Return the path of a paper's Markdown copy, which is next to its page: `papers/owls/index.md` or `papers/owls.md`."""
    return f"papers/{paper}/{copy_name(paper, pretty=pretty)}" if pretty else f"papers/{paper}.md"


def copy_name(paper: str, *, pretty: bool) -> str:
    """Return the relative path from a paper's page to its Markdown copy."""
    return "index.md" if pretty else f"{paper}.md"


def small_picture_path(file: str, digest: str, width: int) -> str:
    """Return the path of a smaller version of a picture: `pictures/owls-1a2b3c4d-320.webp`."""
    name = re.sub(r"[^a-z0-9]+", "-", file.rpartition("/")[2].rpartition(".")[0].lower()).strip("-")[:40]
    return f"pictures/{name or 'picture'}-{digest}-{width}.webp"


def image_path(topic: str, digest: str) -> str:
    """Return the path of the social image of a topic or of the site: `cards/owls-1a2b3c.png`."""
    return f"cards/{topic or 'site'}-{digest}.png"
