"""The pictures that curators show with papers, as HTML: on the paper's page with what is said of them, in lists small and late.

They are written as HTML in Markdown, too, which has no syntax for their size; without it, the page would move when they come.
"""

from __future__ import annotations

from urllib.parse import quote, urljoin

from markupsafe import Markup

from generator.identifiers import parse_url
from generator.labels.labels import Labels
from generator.model import Image, Paper, Site
from generator.pages.parts import sizes
from generator.settings import Settings
from generator.text.escaping import escape_href, escape_markup
from generator.urls.routes import build_file_link

_ON_PAGE = "(min-width: 60em) 40rem, 100vw"
_IN_LISTS = "8rem"
"""About how wide pictures are shown, so that browsers choose a version of them before the style sheet is there."""


def build_figure(site: Site, paper: Paper, page: str) -> Markup:
    """Return the picture of a paper for its page, with its source and licence; empty if it has none."""
    if paper.image is None:
        return Markup()
    attributes = f'alt="{escape_markup(paper.image.alt)}"'
    picture = _build_image(site, paper.image, page, attributes, _ON_PAGE)
    said = _describe(paper.image, site.labels)
    caption = f"<figcaption>{said}</figcaption>" if said else ""
    return Markup(f'<figure class="ps-picture">{picture}{caption}</figure>')  # noqa: S704 (escaped value by value)


def build_thumbnail(site: Site, paper: Paper, page: str) -> Markup:
    """Return the picture of a paper for a list, in which its title says enough; empty if it has none, or on a very large shelf."""
    if paper.image is None or sizes.is_very_large(len(site.shelf.papers)):
        return Markup()
    return _build_image(site, paper.image, page, 'class="ps-thumb" alt="" loading=lazy', _IN_LISTS)


def _build_image(site: Site, image: Image, page: str, attributes: str, shown: str) -> Markup:
    size = site.shelf.images[image.file]
    small = site.small_pictures.get(image.file, ())
    versions = [(_link(site, page, one.path), one.width) for one in small]
    source = _link(site, page, image.file)
    chosen = ", ".join(f"{link} {width}w" for link, width in [*versions, (source, size.width)])
    choice = f' srcset="{chosen}" sizes="{shown}"' if small else ""
    return Markup(  # noqa: S704 (escaped value by value)
        f'<img {attributes} src="{source}"{choice} width="{size.width}" height="{size.height}" decoding=async>'
    )


def _link(site: Site, page: str, file: str) -> Markup:
    return escape_href(quote(build_file_link(page, file, pretty=site.pretty_urls)))


def _describe(image: Image, labels: Labels) -> str:
    """Return the source and the licence of a picture as HTML, as far as they are known."""
    url = parse_url(image.source)
    source = (
        f'<a href="{escape_href(url)}">{escape_markup(image.source)}</a>'
        if url
        else escape_markup(image.source)
    )
    facts = (("paper.image_source", source), ("paper.image_licence", escape_markup(image.licence)))
    return " · ".join(labels("shared.named", name=labels(key), text=text) for key, text in facts if text)


def build_picture_tags(paper: Paper, settings: Settings) -> Markup:
    """Return the tags by which services show a paper's picture with a link to its page; empty if it has none (ogp.me)."""
    url = find_picture_url(paper, settings)
    if paper.image is None or not url:
        return Markup()
    tags = (
        f'<meta property="og:image" content="{escape_markup(url)}">',
        f'<meta property="og:image:alt" content="{escape_markup(paper.image.alt)}">',
        "<meta name=twitter:card content=summary_large_image>",
    )
    return Markup("\n".join(tags))  # noqa: S704 (escaped value by value)


def find_picture_url(paper: Paper, settings: Settings) -> str:
    """Return the URL of a paper's picture for other programs; empty if it has none, or without `site_url`."""
    if paper.image is None or not settings.site_url:
        return ""
    return urljoin(settings.site_url, quote(paper.image.file))
