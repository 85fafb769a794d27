"""Renders the RIS entry of a paper, with only the known tags (Reference Manager's specification)."""

from __future__ import annotations

from generator.formats.bibtex.write import best_url
from generator.formats.shared.name_lists import has_more_authors, has_more_editors
from generator.formats.shared.status import say_status
from generator.formats.shared.work_facts import find_issued, list_facts, split_pages
from generator.formats.shared.work_types import find_work_type
from generator.model import Paper
from generator.text.escaping import escape_line
from generator.text.maths import plain

_ET_AL = "et al."


def render_ris(paper: Paper) -> str:
    """Return the entry of a paper with CR LF line endings, as the format requires, and without tags for unknown facts."""
    first, last = split_pages(paper.pages)
    issued = find_issued(paper)
    tags = [
        ("TY", find_work_type(paper).ris[0]),
        ("ID", paper.citation_key),
        ("TI", paper.title_text.plain),
        *(("AU", author.name) for author in paper.authors),
        ("AU", _ET_AL if paper.authors and has_more_authors(paper) else ""),
        *(("ED", editor.name) for editor in paper.list_editors()),
        ("ED", _ET_AL if paper.editors and has_more_editors(paper) else ""),
        ("PY", issued[:4]),
        ("DA", "/".join([*issued.split("-"), "", ""][:3]) + "/" if issued else ""),
        *((fact.ris, value) for fact, value in list_facts(paper) if fact.ris),
        *(("KW", word) for word in paper.groups.get("keywords", ())),
        ("SP", first),
        ("EP", last),
        ("DO", next(iter(paper.links.get("doi", ())), "")),
        ("UR", best_url(paper).replace(";", "%3B")),  # several addresses would be divided by it
        ("N1", paper.summary_text.plain),
        ("N1", plain(say_status(paper))),
        ("ER", " "),
    ]
    return "".join(f"{tag}  - {escape_line(value)}\r\n" for tag, value in tags if value)
