"""One page of a list of papers, such as all papers, a year, a venue or an author's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from generator.model import Page, Site
from generator.pages.parts.lists import ListPage, name_end, name_page
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import build_card
from generator.text.markup_text import MarkupText


def build_list_page(  # noqa: PLR0913 (what differs between the lists)
    site: Site,
    part: ListPage,
    name: str,
    keys: Sequence[str],
    lead: str,
    *,
    card: Markup,
    search: str,
    notes: bool = False,
    together: Sequence[Mapping[str, object]] = (),
    years: Sequence[Mapping[str, object]] = (),
    orcid: str = "",
    aliases: Sequence[str] = (),
    introduced: Mapping[str, object] | None = None,
) -> Page:
    """Return one page of the list `name` with the papers `keys`.

    Args:
        site: the site.
        part: the page of the list.
        name: the name of the list.
        keys: the ids of all papers in the list.
        lead: what the list contains, as one or two sentences.
        card: the tags of its social image.
        search: the link to the search of the same papers, or an empty text if no filter finds them.
        notes: whether papers are shown with the curators' notes.
        together: the co-authors of an author's list, with links and numbers of papers.
        years: the years of the papers, in the same way.
        orcid: the ORCID of an author.
        aliases: other names of what the list is about.
        introduced: the link to the paper that introduces what the list is about.
    """
    title = name_page(site.labels, name, part.pager.number)
    count = site.labels.count("count.papers", len(keys))
    head = {
        "title": title,
        "description": f"{count}. {lead}",
        "layout": "list",
        "hide": ["navigation", "toc"],
        "card_tags": card,
    }
    return build_page(
        site.labels,
        part.path,
        "list",
        head=head,
        title=title,
        lead=lead,
        count=count,
        notes=notes,
        together=together,
        years=years,
        introduced=introduced,
        orcid=orcid,
        aliases=site.labels("list.comma").join(MarkupText(alias).plain for alias in aliases),
        cards=[build_card(site, key, page=part.path) for key in part.keys],
        pager=part.pager,
        ended=name_end(site.labels, part, len(keys)),
        search=search,
    )
