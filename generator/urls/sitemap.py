"""The sitemap (sitemaps.org/protocol.html): all URLs, without the time of the build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from generator.model import Asset
from generator.text.escaping import escape_markup

_MOST = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def build_sitemap(urls: Sequence[str], site_url: str) -> Iterator[Asset]:
    """Yield the sitemap, or an index and parts if there are more than 50,000 URLs; nothing without `site_url`."""
    if not site_url:
        return
    if len(urls) <= _MOST:
        yield _write("sitemap.xml", "urlset", "url", urls, site_url)
        return
    names = []
    for at in range(0, len(urls), _MOST):
        names.append(f"sitemap-{at // _MOST + 1}.xml")
        yield _write(names[-1], "urlset", "url", urls[at : at + _MOST], site_url)
    yield _write("sitemap.xml", "sitemapindex", "sitemap", names, site_url)


def _write(name: str, root: str, entry: str, urls: Sequence[str], site_url: str) -> Asset:
    lines = "".join(
        f"  <{entry}><loc>{escape_markup(urljoin(site_url, url))}</loc></{entry}>\n" for url in urls
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return Asset(path=name, body=f'{head}<{root} xmlns="{_NAMESPACE}">\n{lines}</{root}>\n'.encode())
