"""What an edit would break: the checks of a whole shelf, before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from generator.mkdocs_plugin.editor.form import FormField, FormProblem, find_field, place_fields
from generator.model import Paper, Shelf, Taxonomy
from generator.pipeline import check_written_texts
from generator.problems import Problem, Severity
from generator.records.check import check_papers
from generator.records.images import load_images
from generator.records.own_fields import check_own_values
from generator.records.parse import RecordPlace
from generator.topics.classify import check_topics


def find_new_problems(
    content: Path, shelf: Shelf, taxonomy: Taxonomy, paper: Paper, fields: Sequence[FormField]
) -> list[FormProblem]:
    """Return the problems that the shelf has with the new version of a record and does not have without it."""
    before = set(_check(content, shelf, taxonomy, paper.id))
    after = _check(content, replace(shelf, papers={**shelf.papers, paper.id: paper}), taxonomy, paper.id)
    return [FormProblem(field=find_field(p, fields), problem=p) for p in after if p not in before]


def _check(content: Path, shelf: Shelf, taxonomy: Taxonomy, key: str) -> Iterator[Problem]:
    """Yield the problems of a shelf; those of the record with the id `key` are at `place_fields`."""
    papers = {
        **{other: paper for other, paper in shelf.papers.items() if other != key},
        key: shelf.papers[key],
    }
    here = place_fields(shelf.places[key].file)

    def place_of(other: str) -> RecordPlace:
        place = shelf.places[other]
        return here if other == key else RecordPlace(place.file, place.line)

    yield from check_papers(papers, place_of)  # it names the last of two records that are in conflict
    yield from check_topics(shelf, taxonomy)
    yield from check_written_texts(shelf, taxonomy)
    yield from check_own_values({key: papers[key]}, {key: here.of("extra")}, shelf.own_fields)
    yield from load_images(content, {key: papers[key]}, {key: here.of("image")})[1]


def refuses(found: FormProblem) -> bool:
    """Return whether a problem refuses a form: errors do, and warnings about one of its fields."""
    severity = found.problem.severity
    return severity is Severity.ERROR or (severity is Severity.WARNING and bool(found.field))


def say_problems(found: Iterable[FormProblem]) -> tuple[Mapping[str, str], ...]:
    """Return problems for the page: the name of the field, the message with the place in another file, and the hint."""
    return tuple(
        {"field": one.field, "message": _say(one.problem, is_here=bool(one.field)), "hint": one.problem.hint}
        for one in found
    )


def _say(problem: Problem, *, is_here: bool) -> str:
    place = problem.place
    if is_here or place is None:
        return problem.message
    return f"{place.file if place.line < 0 else place}: {problem.message}"
