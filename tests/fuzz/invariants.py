"""What must hold for any text in any format, whatever is in it."""

import msgspec

from generator.formats.detect import detect_format
from generator.formats.registry import TextFile
from generator.importing import Input, plan_import
from generator.model import Shelf, Taxonomy
from generator.problems import errors_of
from generator.records.check import check_papers, check_record
from generator.records.parse import RecordPlace, build_record, parse_record
from generator.storage.strict_yaml import parse_yaml, render_yaml

PLACE = RecordPlace("x", 1)
EMPTY = Shelf(papers={}, places={})


def bring_in(name, text):
    """Return the plan of importing one text into an empty shelf."""
    file = "event.json" if name == "issue-form" and text.startswith("{") else "x.txt"
    given = Input(files={name: [TextFile(name=file, text=text)]}, captured="2024-06-01")
    return plan_import(EMPTY, Taxonomy(), given, abstracts=True)


def check_import(name, text):
    """Assert what every import promises: all accounted for, the same twice, sound records, no growth beyond reason."""
    plan = bring_in(name, text)
    problems = (*plan.batch.problems, *plan.report.refused)
    refused = plan.batch.entries - len(plan.report.added) - len(plan.report.merges)
    assert refused >= 0
    assert refused == 0 or any(p.severity != "note" for p in problems)
    assert len(plan.batch.drafts) == len(plan.report.added) + len(plan.report.merges) + len(
        plan.report.refused
    )
    for problem in problems:
        assert str(problem).encode()
    again = bring_in(name, text)
    assert again.papers == plan.papers
    assert again.batch.problems == plan.batch.problems
    detect_format("x", text)
    check_written(plan.papers)
    written = len(msgspec.json.encode(plan.papers)) + sum(map(len, map(str, problems)))
    assert written <= 100 * len(text) + 50_000


def check_written(papers):
    """Assert that records are sound when they are written, as YAML and as JSON, and read again."""
    assert not list(errors_of(check_papers(papers, lambda _: PLACE)))
    for paper in papers.values():
        record = build_record(paper)
        value, _, faults = parse_yaml(render_yaml(record), file="x")
        assert faults == ()
        for form in (value, msgspec.json.decode(msgspec.json.encode(record))):
            known, wrong = parse_record(form, PLACE)
            clean, more = check_record(known, PLACE)
            assert not errors_of((*wrong, *more)), (wrong, more)
            assert clean == paper, (clean, paper)
