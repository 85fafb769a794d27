"""Writes the shelf into the README of a reading list, and reports what would be read back differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from generator.exports.readme.order import read_order
from generator.exports.readme.region import Region, find_region
from generator.exports.readme.render import OWN, ListTemplateError, render_list
from generator.exports.readme.unread import list_unread
from generator.exports.readme.views import ListView, build_list
from generator.formats.check_drafts import check_drafts
from generator.formats.readme.parse import list_headings
from generator.formats.readme.read import import_readme
from generator.formats.values import TextFile
from generator.identifiers import list_work_identifiers
from generator.model import Draft, OwnField, Paper, Placement, Taxonomy
from generator.problems import Place, Problem, amount, note
from generator.records.groups import PATH
from generator.storage.folder import LeavesError, check_name
from generator.text.titles import build_fingerprint
from generator.topics.from_groups import build_topic_id

_SHOWN = 10
_BEGINNING = 40
_BY_TOPIC = ("bullets", "table")
"""The templates that list papers below the headings of their topics."""


class Readme(Struct, frozen=True, kw_only=True):
    """A README with a generated list."""

    text: str
    papers: int
    problems: tuple[Problem, ...]
    """Differences between the list and the shelf, and parts of the former list that were left out."""


def build_readme(  # noqa: PLR0913 (what the list holds, and how its file is)
    former: str,
    papers: Sequence[Paper],
    taxonomy: Taxonomy,
    placements: Mapping[str, Sequence[Placement]],
    *,
    fields: Iterable[OwnField] = (),
    name: str = "README.md",
    title: str = "",
    description: str = "",
    site_url: str = "",
    template: str = "",
    badges: bool | None = None,
) -> Readme:
    """Return a README with the papers, newest first; text outside of the list in `former` stays unchanged.

    Args:
        former: the existing README; empty for a new one.
        papers: the papers of the list.
        taxonomy: the topics, which become the sections.
        placements: the topics of each paper.
        fields: the shelf's own fields.
        name: the name of the file, for messages.
        title: the title of a new README.
        description: the description in a new README.
        site_url: the URL of the site.
        template: `bullets`, `table`, `years`, or the path of a template; empty to keep that of the former list.
        badges: whether links are badges; None to keep the choice of the former list.

    Raises:
        RegionError: if the place of the list in `former` is unclear.
        ListTemplateError: if the template cannot be read or filled.
    """
    names = [topic.name for topic in taxonomy.topics.values()]
    head = "\n\n".join(
        filter(None, (f"# {title}", description, f"Search it at {site_url}" if site_url else ""))
    )
    region = find_region(former, names) if former.strip() else Region(before=head, list="", after="")
    template = template or _find_template(region) or OWN[0]
    badges = region.badges if badges is None else badges
    drafts = _read(region.list, name)
    view = build_list(
        papers,
        taxonomy,
        placements,
        read_order(drafts),
        fields=fields,
        site_url=site_url,
        level=region.level,
        has_contents=not _has_contents(region),
    )
    unread = list_unread(region.list, (topic.description for topic in taxonomy.topics.values()))
    if unread:
        region = replace(region, after="\n\n".join(filter(None, ("\n".join(unread), region.after))))
    written = render_list(view, template, badges=badges)
    text = region.fill(written, template=template if template != OWN[0] else "", badges=badges)
    problems = [
        *_tell_moved(region, name),
        *_tell_unread(unread, name),
        *_tell_left_out(drafts, papers, region, name),
    ]
    read = _read(text, name)
    problems += _compare(papers, read, name)
    if template in _BY_TOPIC:
        problems += _compare_sections(view, papers, read, name)
    return Readme(text=text, papers=len(papers), problems=tuple(problems))


def _read(text: str, name: str) -> tuple[Draft, ...]:
    return check_drafts(import_readme([TextFile(name=name, text=text)], "")).drafts


def _find_template(region: Region) -> str:
    """Return the template that the list names. Unlike one that a person chooses, it must be a visible file of the project.

    Raises:
        ListTemplateError: if it is not.
    """
    template = region.template
    with suppress(LeavesError):
        if not template or not any(part.startswith(".") for part in check_name(template).split("/")):
            return template
    raise ListTemplateError(
        f"the list names the template {template}, which is hidden or outside of this folder: if you trust it, repeat --template"
    )


def _has_contents(region: Region) -> bool:
    """Return whether the README has a table of contents outside of its list."""
    headings = [name for _, name, _, _ in (*list_headings(region.before), *list_headings(region.after))]
    return any("content" in name.casefold() or "目录" in name for name in headings)


def _tell_moved(region: Region, name: str) -> Iterator[Problem]:
    if region.moved:
        message = f"sections without papers were moved below the list: {', '.join(region.moved)}"
        yield note("readme-differs", message, Place(file=name))


def _tell_unread(lines: Sequence[str], name: str) -> Iterator[Problem]:
    if lines:
        begins = "; ".join(" ".join(line.split())[:_BEGINNING] for line in lines[:_SHOWN])
        message = (
            f"{len(lines)} lines of the former list name no paper and were moved below the list: {begins}"
        )
        yield note("readme-differs", message + (" …" if len(lines) > _SHOWN else ""), Place(file=name))


def _tell_left_out(
    drafts: Sequence[Draft], papers: Sequence[Paper], region: Region, name: str
) -> Iterator[Problem]:
    """Yield a problem for papers of the former list that are not on the shelf."""
    known = {key for paper in papers for key in _list_keys(paper)}
    lost = [draft.paper.title for draft in drafts if not known.intersection(_list_keys(draft.paper))]
    if lost and region.list:
        message = f"{amount(len(lost), 'paper of the former list is', 'papers of the former list are')} not on the shelf, so left out: {_cut(lost)}"
        yield note("readme-differs", message, Place(file=name), "import the README before exporting it")


def _list_keys(paper: Paper) -> Iterator[str]:
    yield from (f"{kind}:{value}" for kind, value in list_work_identifiers(paper.links))
    yield build_fingerprint(paper.title)


def _compare(papers: Sequence[Paper], drafts: Sequence[Draft], name: str) -> Iterator[Problem]:
    """Yield problems for papers, links, venues and dates that would be read back differently."""
    found = {key: draft.paper for draft in drafts for key in _list_keys(draft.paper)}
    missing, differs = [], dict[str, list[str]]()
    for paper in papers:
        read = next((found[key] for key in _list_keys(paper) if key in found), None)
        if read is None:
            missing.append(paper.id)
            continue
        for field, same in (
            ("links", _list_addresses(paper) <= _list_addresses(read)),
            ("title", build_fingerprint(read.title) == build_fingerprint(paper.title)),
            ("venue", paper.venue in {"", read.venue}),
            ("published", read.published == paper.published),
        ):
            if not same:
                differs.setdefault(field, []).append(paper.id)
    place = Place(file=name)
    if missing:
        message = f"{amount(len(missing), 'paper')} would not be read back from the list: {_cut(missing)}"
        yield note("readme-differs", message, place, "add a link to each paper")
    for field, ids in differs.items():
        yield note(
            "readme-differs",
            f"{field} of {len(ids)} papers would be read back differently: {_cut(ids)}",
            place,
        )


def _compare_sections(
    view: ListView, papers: Sequence[Paper], drafts: Sequence[Draft], name: str
) -> Iterator[Problem]:
    """Yield a problem for papers that would be read back under other headings."""
    by_id = {paper.id: paper for paper in papers}
    found: dict[str, set[str]] = {}
    for draft in drafts:
        heading = draft.paper.extra.get("section", "").split(PATH)[-1]
        for key in _list_keys(draft.paper):
            found.setdefault(key, set()).add(build_topic_id(heading))
    moved = [
        entry.id
        for section in view.walk()
        for entry in section.papers
        if (keys := [key for key in _list_keys(by_id[entry.id]) if key in found])
        and build_topic_id(section.name) not in set().union(*(found[key] for key in keys))
    ]
    if moved:
        message = f"sections of {len(moved)} papers would be read back differently: {_cut(moved)}"
        yield note("readme-differs", message, Place(file=name))


def _list_addresses(paper: Paper) -> set[tuple[str, str]]:
    return {(kind, value) for kind, values in paper.links.items() for value in values}


def _cut(items: Sequence[str]) -> str:
    return ", ".join(items[:_SHOWN]) + (" …" if len(items) > _SHOWN else "")
