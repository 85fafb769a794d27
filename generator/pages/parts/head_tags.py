"""Metadata in the head of a paper's page: Highwire tags, Open Graph, JSON-LD and Signposting links.

Formats: Google Scholar's inclusion guidelines (Highwire), ogp.me, schema.org/ScholarlyArticle, signposting.org. Unknown
facts are left out; a fact that two vocabularies share is one tag with both names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from markupsafe import Markup

from generator.formats.shared.status import STATUS_NAMES
from generator.formats.shared.work_facts import find_body, find_issued, find_number, split_pages
from generator.formats.shared.work_types import find_work_type
from generator.identifiers import IDENTITY, build_link_url
from generator.model import Paper
from generator.text.escaping import clean_line, escape_json, escape_markup

_WHOLES = {"journal": {"@type": "Periodical"}, "book": {"@type": "Book"}}
_MOST_AUTHORS = 100
"""Maximum number of author tags, so that papers with thousands of authors do not consist mostly of tags."""


def build_tags(  # noqa: PLR0913 (what the head of a page has)
    paper: Paper,
    site_name: str,
    copy: str = "",
    card: Markup = Markup(),  # noqa: B008 (frozen)
    *,
    picture: str = "",
    is_short: bool = False,
) -> Markup:
    """Return the tags as HTML, one on each line.

    Args:
        paper: the paper.
        site_name: the name of the site.
        copy: the link to the page's Markdown copy, or an empty text.
        card: the tags of its social image.
        picture: the URL of the paper's picture, or an empty text.
        is_short: whether the Highwire tags say everything alone, without JSON-LD, the type of the page and the name of the site.
    """
    lines = [
        f'<meta name={name}{more} content="{value if isinstance(value, Markup) else escape_markup(value)}">'
        for name, more, value in _list_facts(paper)
        if value
    ]
    lines += [
        *([] if is_short else ["<meta property=og:type content=article>"]),
        *([] if is_short else [f'<meta property=og:site_name content="{escape_markup(site_name)}">']),
        *([card] if card else []),
        *(f'<link rel=cite-as href="{escape_markup(url)}">' for url in _list_identities(paper)[:1]),
        *(
            f'<link rel=author href="https://orcid.org/{escape_markup(author.orcid)}">'
            for author in paper.authors[:_MOST_AUTHORS]
            if author.orcid
        ),
        *([] if is_short else [f"<link rel=type href=https://schema.org/{find_work_type(paper).schema}>"]),
        *([f'<link rel=alternate type=text/markdown href="{escape_markup(copy)}">'] if copy else []),
        *([] if is_short else [f"<script type=application/ld+json>{_build_json(paper, picture)}</script>"]),
    ]
    return Markup("\n".join(lines))  # noqa: S704 (quoted value by value)


def _list_facts(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """Yield Highwire names without prefix, further names of the same fact, and values."""
    kind = find_work_type(paper)
    body = find_body(paper, kind)
    first, last = split_pages(paper.pages)
    facts = [
        ("title", " property=og:title", paper.title_text.html),
        *(("author", "", author.shown) for author in paper.authors[:_MOST_AUTHORS]),
        *(("editor", "", editor.shown) for editor in paper.list_editors()[:_MOST_AUTHORS]),
        ("publication_date", "", find_issued(paper).replace("-", "/")),
        (kind.highwire, "", (body or paper.venue) if kind.highwire else ""),
        ("technical_report_number", "", find_number(paper, kind)),
        ("volume", "", paper.volume),
        ("issue", "", "" if kind.venue_type == "report" else paper.issue),
        ("firstpage", "", first),
        ("lastpage", "", last),
        ("publisher", "", "" if body == paper.publisher else paper.publisher),
        ("isbn", "", paper.isbn),
        ("language", "", paper.language),
        *(("doi", "", value) for value in paper.links.get("doi", ())[:1]),
        *(("arxiv_id", "", value) for value in paper.links.get("arxiv", ())[:1]),
        *(("pdf_url", "", value) for value in paper.links.get("pdf", ())[:1]),
    ]
    return ((f"citation_{name}", more, value) for name, more, value in facts)


def _list_identities(paper: Paper) -> list[str]:
    return [build_link_url(kind, value) for kind in IDENTITY for value in paper.links.get(kind, ())]


def _build_json(paper: Paper, picture: str) -> str:
    """Return the paper as schema.org JSON-LD, safe inside a script element."""
    kind = find_work_type(paper)
    body = find_body(paper, kind)
    whole = _WHOLES.get(kind.venue_type or "", {})
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind.schema,
        "name": clean_line(paper.title_text.plain),
        "author": [_build_author(author.shown, author.orcid) for author in paper.authors[:_MOST_AUTHORS]],
        "datePublished": paper.published,
        "editor": [
            _build_author(editor.shown, editor.orcid) for editor in paper.list_editors()[:_MOST_AUTHORS]
        ],
        "isPartOf": {**whole, "name": clean_line(paper.venue)} if paper.venue and not body else None,
        "sourceOrganization": {"@type": "Organization", "name": clean_line(body)} if body else None,
        "sameAs": _list_identities(paper),
        "image": picture,
        "creativeWorkStatus": STATUS_NAMES[paper.status],
    }
    return escape_json(msgspec.json.encode({name: value for name, value in values.items() if value}).decode())


def _build_author(name: str, orcid: str) -> dict[str, str]:
    """Return an author: a person if there is an ORCID, because a name alone may be an organization."""
    person = {"@type": "Person", "@id": f"https://orcid.org/{orcid}"} if orcid else {}
    return {**person, "name": clean_line(name)}
