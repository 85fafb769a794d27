"""Reads the body of an issue written with the project's form: a proposal by an unknown person, read as plain text.

GitHub writes each answer below a heading with the question, in the order of the form, and `_No response_` for missing
answers. A body must have exactly these headings, once each and in this order.

A `.json` file is the event that started a workflow, described by GitHub under “Webhook events and payloads” (`issues`):
it contains the body, and the issue's number becomes the name of the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.formats.names import Name
from generator.formats.naming import name_files
from generator.formats.values import Batch, TextFile
from generator.identifiers import (
    IDENTITY,
    build_link_url,
    list_work_identifiers,
    parse_identifier,
    parse_link,
    parse_name,
)
from generator.limits import EXTRA
from generator.model import Author, Draft, LinkKind, Paper, Source
from generator.problems import Place, Problem, error, warning
from generator.records.check import is_date
from generator.records.claims import attach_claims, find_dropped_values
from generator.storage.json_items import read_items

QUESTIONS = ("Title", "Links", "Authors", "Published", "Why it belongs here")
"""The labels of the form's fields in `.github/ISSUE_TEMPLATE`."""
_HEADING = re.compile(r"^### +(.*?) *$", re.MULTILINE)
_NOTHING = "_No response_"


def import_issue_form(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for each body with a title; `captured` is the date of the issue."""
    batch = read_forms(files, captured)
    titled = tuple(draft for draft in batch.drafts if draft.paper.title)
    untitled = [draft for draft in batch.drafts if not draft.paper.title]
    return replace(batch, drafts=titled, problems=(*batch.problems, *map(refuse_untitled, untitled)))


def refuse_untitled(draft: Draft) -> Problem:
    """Return the error of a form without a title."""
    return error("missing-field", "the form has no title", draft.place, "fill in the title")


def find_identifier(draft: Draft) -> Name | None:
    """Return the first identifier among the links of a form, or None.

    Example: for `https://github.com/o/owls` and `https://doi.org/10.1000/x`, it is the second.
    """
    for kind, values in draft.paper.links.items():
        for value in values:
            if found := parse_name(build_link_url(kind, value)):
                return Name(kind=found[0], value=found[1], place=draft.place)
    return None


def complete_form(form: Draft, found: Paper) -> tuple[Draft, tuple[Problem, ...]]:
    """Return a form without a title as a draft of the paper with its identifier, and problems for values that are left out.

    The form adds links, missing values and the proposer's reason; differing values become claims of the form. Other
    identifiers may belong to other papers, so they are left out.
    """
    said = replace(form.paper, title=found.title)
    own = set(list_work_identifiers(found.links))
    links = dict(found.links)
    problems = []
    for kind, values in said.links.items():
        if kind not in IDENTITY:
            links[kind] = tuple(dict.fromkeys((*links.get(kind, ()), *values)))
            continue
        for value in values:
            if own.isdisjoint(list_work_identifiers({kind: (value,)})):
                message = f"{value} is not an identifier of the paper that was found, so it is left out"
                hint = "if it belongs to the same paper, add it to the record"
                problems.append(warning("bad-link", message, form.place, hint))
    joined = replace(
        found,
        authors=found.authors or (said.authors if found.author_count is None else ()),
        published=found.published or said.published,
        links=links,
        added=said.added,
        extra={**found.extra, **said.extra},
    )
    sources, _ = attach_claims(said.sources, find_dropped_values(said, joined))
    paper = replace(joined, sources=(*found.sources, *sources))
    return Draft(paper=paper, place=form.place), tuple(problems)


def read_forms(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for each body, also without a title; `captured` is the date of the issue."""
    problems: list[Problem] = []
    files = [_open(file, problems) for file in files]
    names = name_files(files)
    forms = [(file, _read_answers(file, problems)) for file in files]
    drafts = [
        _build(file, names[file.name], answers, captured, problems) for file, answers in forms if answers
    ]
    return Batch(drafts=tuple(filter(None, drafts)), entries=len(files), problems=tuple(problems))


def _open(file: TextFile, problems: list[Problem]) -> TextFile:
    """Return the body in an event as a file; other files are returned unchanged."""
    if file.name.endswith(".json"):
        items, faults = read_items(file.text, file=file.name)
        problems.extend(faults)
        match [item.value for item in items]:
            case [{"issue": {"number": int(number), "body": str(body)}}]:
                lines = body.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
                return TextFile(name=f"issue-{number:d}.md", text=lines)
    return file


def _read_answers(file: TextFile, problems: list[Problem]) -> dict[str, tuple[str, int]]:
    """Return the answer to each question with its line; empty if the body is not that of the form."""
    found = list(_HEADING.finditer(file.text))
    if tuple(match[1] for match in found) != QUESTIONS or file.text[: found[0].start()].strip():
        message = "this is not the body of the form, because its headings or their order are different"
        hint = f"the headings are {', '.join(QUESTIONS)}, each once; answers must not contain headings"
        problems.append(error("not-the-form", message, Place(file=file.name, line=1), hint))
        return {}
    ends = [match.start() for match in found[1:]] + [len(file.text)]
    answers = {}
    for match, end in zip(found, ends, strict=True):
        text = file.text[match.end() : end].strip()
        line = file.text.count("\n", 0, match.start()) + 1
        answers[match[1]] = ("" if text == _NOTHING else text, line)
    return answers


def _read_bare(text: str) -> tuple[LinkKind, str] | None:
    """Return an arXiv number or DOI that is not part of a URL, or None."""
    kinds: tuple[LinkKind, ...] = ("arxiv", "doi")
    return next(((kind, value) for kind in kinds if (value := parse_identifier(kind, text))), None)


def _build(
    file: TextFile, name: str, answers: dict[str, tuple[str, int]], captured: str, problems: list[Problem]
) -> Draft | None:
    title, line = answers["Title"]
    title = " ".join(title.split())
    links: dict[LinkKind, list[str]] = {}
    for part in answers["Links"][0].split():
        if link := parse_link(part) or _read_bare(part):
            links.setdefault(link[0], []).append(link[1])
        else:
            place = Place(file=file.name, line=answers["Links"][1])
            problems.append(warning("bad-link", f"{part!r} is not an http(s) URL, so it is left out", place))
    published = answers["Published"][0]
    if published and not is_date(published):
        place = Place(file=file.name, line=answers["Published"][1])
        problems.append(
            warning(
                "bad-date",
                f"{published!r} is not a date, so it stays unknown",
                place,
                "YYYY, YYYY-MM or YYYY-MM-DD",
            )
        )
        published = ""
    why = " ".join(answers["Why it belongs here"][0].split())
    if len(why) > EXTRA:
        place = Place(file=file.name, line=answers["Why it belongs here"][1])
        message = f"{len(why):,} characters; at most {EXTRA:,} are allowed"
        problems.append(error("too-long", message, place, "shorten it to one or two sentences"))
        return None
    paper = Paper(
        title=title,
        authors=tuple(
            Author(name=" ".join(n.split())) for n in answers["Authors"][0].splitlines() if n.strip()
        ),
        published=published,
        links={kind: tuple(dict.fromkeys(values)) for kind, values in links.items()},
        added=captured,
        sources=(Source(name=name, date=captured),),
        extra={"why": why} if why else {},
    )
    return Draft(paper=paper, place=Place(file=file.name, line=line))
