"""Strict YAML: strings stay strings, lines are known, surprises are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.storage.strict_yaml import parse_yaml, render_yaml


def test_scalars_stay_as_they_are_written():
    value, lines, problems = parse_yaml(
        "arxiv: 2301.00010\nopen: no\ntime: 1:30\nlist:\n  - 007\n", file="x.yml"
    )
    assert value == {"arxiv": "2301.00010", "open": "no", "time": "1:30", "list": ["007"]}
    assert lines["open",] == 2
    assert lines["list", 0] == 5
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\na: 2\n", 2, "twice"),
        ("a: &x 1\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "alias"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\n b: 2\n", 2, "mapping"),
        ("? [a]\n: b\n", 1, "key"),
        ("[" * 40 + "]" * 40, 1, "deep"),
        ("b: 1\na: \x00\n", 2, "control"),
    ],
)
def test_surprises_are_refused_with_their_line(text, line, word):
    _, _, (problem,) = parse_yaml(text, file="x.yml")
    assert problem.code == "bad-yaml"
    assert problem.place.line == line
    assert word in problem.message


printable = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u2028\u2029\ufeff")
)


@given(st.dictionaries(printable.filter(bool), printable | st.lists(printable), max_size=5))
def test_what_is_written_is_read_back(record):
    assert parse_yaml(render_yaml(record), file="x.yml")[0] == record
