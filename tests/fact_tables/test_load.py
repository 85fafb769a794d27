"""The file of fact tables: what it means, and every error with its line."""

import pytest

from generator.fact_tables.load import load_fact_tables
from generator.model import OwnField

FIELDS = {name: OwnField(id=name, label=name.title()) for name in ("size", "tests")}
GOOD = """\
- id: night
  name: Birds
    at night
  lead: How they hunt.
  introduction: |
    One paragraph,
    in two lines.

    Another one.
  columns: [size, tests]
"""


def test_a_table_has_its_columns_and_paragraphs(shelf_on_disk):
    tables, problems = load_fact_tables(shelf_on_disk({"tables.yml": GOOD}), FIELDS)
    assert problems == ()
    table = tables["night"]
    assert (table.name, table.lead, table.columns) == ("Birds at night", "How they hunt.", ("size", "tests"))
    assert table.introduction == ("One paragraph, in two lines.", "Another one.")
    assert table.place.line == 1


def test_without_a_file_there_is_no_table(shelf_on_disk):
    assert load_fact_tables(shelf_on_disk({}), FIELDS) == ({}, ())


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("size: 7\n", "bad-field", 1),
        ("- night\n", "bad-field", 1),
        (GOOD.replace("lead: How they hunt.", "lead:"), "missing-field", 1),
        (GOOD.replace("lead", "led"), "missing-field", 1),
        (GOOD + "  owl: 7\n", "unknown-field", 11),
        (GOOD.replace("[size, tests]", "size"), "bad-field", 10),
        (GOOD.replace("[size, tests]", "[]"), "missing-field", 1),
        (GOOD.replace("[size, tests]", "[size, weight]"), "unknown-field", 10),
        (GOOD.replace("[size, tests]", "[size, tests, size]"), "duplicate-column", 10),
        (GOOD.replace("[size, tests]", f"[{', '.join(['size'] * 13)}]"), "too-many", 10),
        (GOOD.replace("id: night", "id: By Night"), "bad-id", 1),
        (GOOD.replace("How they hunt.", "x" * 1001), "too-long", 4),
        (GOOD + GOOD, "duplicate-id", 11),
        (
            "".join(f"- {{id: a{n}, name: A, lead: L., columns: [size]}}\n" for n in range(31)),
            "too-many",
            31,
        ),
    ],
)
def test_an_error_has_its_line(shelf_on_disk, text, code, line):
    _, problems = load_fact_tables(shelf_on_disk({"tables.yml": text}), FIELDS)
    assert ("error", code, f"tables.yml:{line}") in [(p.severity, p.code, str(p.place)) for p in problems]


def test_many_errors_are_reported_at_once(shelf_on_disk):
    text = GOOD.replace("[size, tests]", "[weight, nests]") + GOOD.replace("id: night", "id: Day")
    _, problems = load_fact_tables(shelf_on_disk({"tables.yml": text}), FIELDS)
    assert [p.code for p in problems] == ["unknown-field", "unknown-field", "bad-id"]
