"""The content of social images, their paths, and the tags that refer to them.

An image shows the site or a topic; a paper has that of its first topic. The URL ends with a digest of the content,
because services cache images by URL.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urljoin

import msgspec
from markupsafe import Markup
from msgspec import Struct

from generator.catalogue import UNKNOWN_YEAR
from generator.model import Site
from generator.settings import Settings
from generator.text.escaping import escape_markup
from generator.urls.files import image_path

OWN = "card.png"
"""An image of this name in the content folder is used for the site."""
WIDTH, HEIGHT = 1200, 630
_LOOK = 1  # another one when pictures are drawn otherwise: they get new addresses
_MOST_YEARS = 40


class SocialImage(Struct, frozen=True, kw_only=True):
    """The content of an image; `years` has the years of the whole shelf up to the newest, with the number of papers in each."""

    title: str
    name: str
    """The name of the site; empty if it is the title."""
    count: str
    years: tuple[tuple[str, int], ...]


class SocialImageTags(Struct, frozen=True):
    """The tags of a page with a social image: the full set, and the shortest possible set."""

    full: Markup = Markup()
    short: Markup = Markup()


SocialImages = Mapping[str, SocialImageTags]
"""The tags by topic, and those of the site under the empty name; empty without images."""


def list_drawings(site: Site, settings: Settings) -> Mapping[str, SocialImage]:
    """Return the images by topic, and that of the site under the empty name; none without `site_url`."""
    if not settings.cards or not settings.site_url:
        return {}
    images = {"": _build(site, site.catalogue.newest, settings.site_name, "")}
    for key, topic in site.taxonomy.topics.items():
        images[key] = _build(site, site.catalogue.by_topic.get(key, ()), topic.name, settings.site_name)
    return images


def list_social_images(site: Site, settings: Settings) -> SocialImages:
    """Return the tags that refer to the images."""
    font = _digest(settings.card_font)
    return {
        topic: _build_tags(image, name_image(topic, image, font, settings), settings)
        for topic, image in list_drawings(site, settings).items()
    }


def find_social_image(cards: SocialImages, *topics: str) -> SocialImageTags:
    """Return the tags of the first topic with an image, otherwise those of the site, otherwise none."""
    return next((cards[topic] for topic in (*topics, "") if topic in cards), SocialImageTags())


def list_files(site: Site, settings: Settings) -> Mapping[str, SocialImage]:
    """Return the images to draw, by path in the site."""
    font = _digest(settings.card_font)
    named = {name_image(key, p, font, settings): p for key, p in list_drawings(site, settings).items()}
    return {path: image for path, image in named.items() if path != OWN}


def name_image(topic: str, image: SocialImage, font: bytes, settings: Settings) -> str:
    """Return the path of an image in the site; the index's own image is used for the site."""
    if not topic and (settings.content / OWN).is_file():
        return OWN
    what = hashlib.sha256(msgspec.msgpack.encode((_LOOK, image, font))).hexdigest()
    return image_path(topic, what[:6])


def _digest(path: Path | None) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest() if path else b""


def _build_tags(shown: SocialImage, path: str, settings: Settings) -> SocialImageTags:
    """Return the tags of an image; those of the index's own image have no size, because it is not read."""
    address = escape_markup(urljoin(settings.site_url, path))
    alt = " · ".join(filter(None, (shown.title, shown.count, shown.name)))
    image = f'<meta property="og:image" content="{address}">'
    kind = "<meta name=twitter:card content=summary_large_image>"
    size = [
        f'<meta property="og:image:{side}" content="{n}">'
        for side, n in (("width", WIDTH), ("height", HEIGHT))
    ]
    words = f'<meta property="og:image:alt" content="{escape_markup(alt)}">'
    full = [image, *(size if path != OWN else ()), words, kind]
    return SocialImageTags(Markup("\n".join(full)), Markup(f"{image}\n{kind}"))  # noqa: S704 (escaped value by value)


def _build(site: Site, keys: Sequence[str], title: str, name: str) -> SocialImage:
    papers = Counter(site.shelf.papers[key].published[:4] for key in keys)
    years = tuple((year, papers[year]) for year in _list_years(site))
    return SocialImage(
        title=title, name=name, count=site.labels.count("count.papers", len(keys)), years=years
    )


def _list_years(site: Site) -> list[str]:
    """Return the years of the shelf from first to newest, at most as many as fit on an image."""
    known = [int(year) for year in site.catalogue.by_year if year != UNKNOWN_YEAR]
    if not known:
        return []
    return [f"{year:04}" for year in range(max(min(known), max(known) - _MOST_YEARS + 1), max(known) + 1)]
