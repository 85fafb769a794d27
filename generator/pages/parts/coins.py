"""COinS: a paper as an OpenURL in an empty span, for reference managers.

The format is Z39.88-2004 in HTML (ocoins.info). Unknown facts are left out.
"""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from generator.formats.shared.work_facts import find_body, find_issued
from generator.formats.shared.work_types import find_work_type
from generator.identifiers import build_link_url
from generator.model import Paper
from generator.text.escaping import escape_markup

_TITLES = {"book": "rft.btitle", "dissertation": "rft.title"}
_MOST_AUTHORS = 10


def build_coins(paper: Paper) -> Markup:
    """Return the span of a paper."""
    kind = find_work_type(paper)
    form, genre = kind.coins
    body = find_body(paper, kind)
    is_part = form == "journal" or genre == "bookitem"
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        ("rft.genre", genre),
        ("rft.atitle" if is_part else _TITLES[form], paper.title_text.plain),
        ("rft.jtitle" if form == "journal" else "rft.btitle", paper.venue if is_part else ""),
        (
            "rft.inst" if form == "dissertation" else "rft.pub",
            body or (paper.publisher if form == "book" else ""),
        ),
        ("rft.date", find_issued(paper)),
        ("rft.volume", paper.volume),
        ("rft.issue", paper.issue),
        ("rft.pages", paper.pages.replace("–", "-")),
        *(("rft.au", author.name) for author in paper.authors[:_MOST_AUTHORS]),
        *(("rft_id", f"info:doi/{value}") for value in paper.links.get("doi", ())[:1]),
        *(("rft_id", build_link_url("arxiv", value)) for value in paper.links.get("arxiv", ())[:1]),
    ]
    given = [(name, value.replace("\n", " ")) for name, value in pairs if value]
    values = quote("\n".join(value for _, value in given), safe="\n", errors="replace").split(
        "\n"
    )  # all at once
    text = "&".join(f"{name}={value}" for (name, _), value in zip(given, values, strict=True))
    return Markup(f'<span class="Z3988" title="{escape_markup(text)}"></span>')  # noqa: S704 (encoded by percent signs)
