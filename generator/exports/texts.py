"""The text of a paper in each export format, and the texts before, between and after papers in a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator.citations.references import build_references, render_references
from generator.citations.style import STYLES
from generator.extensions import Extended
from generator.formats.bibtex.write import best_url, render_bibtex
from generator.formats.csl_json.write import build_csl
from generator.formats.ris.write import render_ris
from generator.formats.shared.status import STATUS_NAMES
from generator.labels.labels import load_labels
from generator.model import OwnField, Paper
from generator.pages.parts.views import name_authors
from generator.records.own_fields import find_value
from generator.records.parse import build_record
from generator.text.escaping import escape_cell, escape_link, escape_list_item

COLUMNS = (
    "id", "title", "authors", "author_count", "published", "venue", "kind", "status", "topics", "doi", "arxiv", "code",
    "data", "model", "url", "summary",
)  # fmt: skip


class ExportFormat(Struct, frozen=True, kw_only=True):
    """A format in which papers are exported: a list is `head`, the entries joined by `between`, and `tail`."""

    name: str
    label: str = ""
    """What readers call it, a name that no language translates; for the formats that a site offers."""
    ending: str
    file_ending: str = ""
    """The ending of the file under `/data/`, where it is another one."""
    media: str
    render: Callable[[Paper], str]
    head: str = ""
    between: str = ""
    tail: str = ""
    whole: Callable[[Sequence[Paper]], str] | None = None
    """What renders a list whose entries depend on each other, as references that are sorted or numbered."""

    def render_list(self, papers: Sequence[Paper]) -> str:
        """Return a list of papers in this format."""
        if self.whole is not None:
            return self.whole(papers)
        return f"{self.head}{self.between.join(map(self.render, papers))}{self.tail}"


def _row(values: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([escape_cell(value) for value in values])
    return out.getvalue()


def render_csv_row(paper: Paper, fields: Iterable[str] = ()) -> str:
    """Return a CSV row with the columns in `COLUMNS` and the shelf's own fields; several values in a cell are joined by semicolons."""
    values = {
        "id": paper.id,
        "title": paper.title_text.plain,
        "authors": "; ".join(author.name for author in paper.authors),
        "author_count": str(len(paper.authors) or paper.author_count or ""),
        "topics": "; ".join(pin.id for pin in paper.topics),
        "url": best_url(paper),
        "summary": paper.summary_text.plain,
        **{name: getattr(paper, name) for name in ("published", "venue", "kind", "status")},
        **{kind: "; ".join(paper.links.get(kind, ())) for kind in ("doi", "arxiv", "code", "data", "model")},
    }
    return _row([*(values[name] for name in COLUMNS), *(find_value(paper, name) for name in fields)])


def render_markdown_line(paper: Paper) -> str:
    """Return a bullet of a reading list: the title with its link, then authors, venue and date."""
    url = best_url(paper)
    title = escape_list_item(paper.title_text.plain)
    facts = [
        name_authors(load_labels(), [author.shown for author in paper.authors], paper.author_count),
        paper.venue,
        paper.published[:4],
        STATUS_NAMES[paper.status].lower(),
    ]
    said = ", ".join(escape_list_item(fact) for fact in facts if fact)
    return f"- {f'[{title}]({escape_link(url)})' if url else title}{f' ({said})' if said else ''}\n"


def render_json_line(paper: Paper) -> str:
    """Return the record of a paper without its abstract, on one line."""
    return msgspec.json.encode(build_record(replace(paper, abstract=""))).decode() + "\n"


def render_json_record(paper: Paper) -> str:
    """Return the complete record of a paper on one line."""
    return msgspec.json.encode(build_record(paper)).decode() + "\n"


def render_csl_item(paper: Paper) -> str:
    """Return the CSL-JSON item of a paper."""
    return msgspec.json.encode(build_csl(paper)).decode()


def render_reference(paper: Paper, style: str) -> str:
    """Return the reference of a paper in a style, on one line."""
    return f"{build_references(paper, [style])[style]}\n"


EXPORTS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        each.name: each
        for each in (
            ExportFormat(
                name="bibtex",
                label="BibTeX",
                ending="bib",
                media="application/x-bibtex",
                render=render_bibtex,
                between="\n\n",
                tail="\n",
            ),
            ExportFormat(
                name="ris",
                label="RIS",
                ending="ris",
                media="application/x-research-info-systems",
                render=render_ris,
            ),
            ExportFormat(
                name="csl-json",
                label="CSL-JSON",
                ending="json",
                media="application/json",
                render=render_csl_item,
                head="[",
                between=",\n",
                tail="]\n",
            ),
            ExportFormat(
                name="csv",
                label="CSV",
                ending="csv",
                media="text/csv",
                render=render_csv_row,
                head=_row(COLUMNS),
            ),
            ExportFormat(
                name="jsonl",
                label="JSON Lines",
                ending="jsonl",
                media="application/jsonl",
                render=render_json_line,
            ),
            ExportFormat(
                name="markdown",
                label="Markdown",
                ending="md",
                file_ending="md.txt",  # a site generator would make a page of a `.md`
                media="text/markdown",
                render=render_markdown_line,
            ),
        )
    }
)
"""The formats of the exports on sites and of saved lists in the browser."""


def list_exports(fields: Mapping[str, OwnField]) -> Mapping[str, ExportFormat]:
    """Return the export formats of a site; CSV has the shelf's own fields as columns."""
    return {**EXPORTS, "csv": _name_columns(EXPORTS["csv"], fields)} if fields else EXPORTS


def _name_columns(table: ExportFormat, fields: Mapping[str, OwnField]) -> ExportFormat:
    return replace(table, render=partial(render_csv_row, fields=fields), head=_row((*COLUMNS, *fields)))


_REFERENCES = {
    name: ExportFormat(
        name=name,
        ending="txt",
        media="text/plain",
        render=partial(render_reference, style=name),
        whole=partial(render_references, name=name),
    )
    for name in STYLES
}
"""Lists of references as text, one for each style; sites offer them paper by paper."""

ALL_EXPORTS: Mapping[str, ExportFormat] = Extended(
    {**EXPORTS, **_REFERENCES}, "papershelf.exports", ExportFormat
)
"""The formats of `papershelf export`: those of sites and those of installed packages."""
