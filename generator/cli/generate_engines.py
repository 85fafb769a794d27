"""Differences between the trees that `papershelf generate` writes for each engine."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.model import Site
from generator.settings import Settings
from generator.social.images import find_social_image, list_social_images

ENGINES = ("mkdocs", "zensical")
_HREF = re.compile(r'(<a\b[^>]*?\shref=")(?![a-z]+:|[/?#])([^"]*)', re.IGNORECASE)


def adapt_source(path: str, text: str, settings: Settings, engine: str) -> str:
    """Return a page's Markdown for an engine.

    Links in HTML, such as those of charts, are relative to the URL of the page. Zensical takes them as relative to the
    source, and moves them: `topics/owls.md` is shown at `topics/owls/`, so `feed.xml` must be `owls/feed.xml` there.
    """
    source = PurePosixPath(path)
    if engine != "zensical" or not settings.pretty_urls or source.name == "index.md":
        return text
    return _HREF.sub(lambda found: found[1] + _move(source.stem, found[2]), text)


def _move(folder: str, href: str) -> str:
    moved = posixpath.normpath(posixpath.join(folder, href))
    return f"{moved}/" if href.endswith("/") else moved


def build_extra(site: Site, settings: Settings) -> Mapping[str, object]:
    """Return the values that the plugin passes to the templates: the site's social image and the labels of the theme."""
    card = str(find_social_image(list_social_images(site, settings)).full)
    return {"card": card, "labels": site.labels.list_group("theme")}
