"""`paths.yml`: strict, and every error with its line."""

import pytest

from generator.reading_paths.load import load_reading_paths

GOOD = """\
- id: night
  name: Into  the night
  lead: >-
    How owls
    hunt.
  introduction: |
    One
    paragraph.

    Another.
  steps:
    - paper: owls
      why: They hear.
    - {paper: mice, why: 'They  hide $n$ times.'}
"""
STEPS = "steps: [{paper: owls, why: A.}, {paper: mice, why: B.}]"


def load(shelf_on_disk, text):
    return load_reading_paths(shelf_on_disk({"paths.yml": text}))


def test_without_a_file_there_are_no_paths(tmp_path):
    assert load_reading_paths(tmp_path) == ({}, ())


@pytest.mark.parametrize("text", ["", "[]\n", "# nothing yet\n"])
def test_an_empty_file_has_no_paths(shelf_on_disk, text):
    assert load(shelf_on_disk, text) == ({}, ())


def test_a_path_has_its_steps_in_order_with_their_lines(shelf_on_disk):
    paths, problems = load(shelf_on_disk, f"{GOOD}- {{id: day, name: Day, lead: L., {STEPS}}}\n")
    assert problems == ()
    assert list(paths) == ["night", "day"]
    night = paths["night"]
    assert (night.name, night.lead, night.place.line) == ("Into the night", "How owls hunt.", 1)
    assert night.introduction == ("One paragraph.", "Another.")
    assert [(s.paper, s.why, s.place.line) for s in night.steps] == [
        ("owls", "They hear.", 13),
        ("mice", "They hide $n$ times.", 14),
    ]
    assert paths["day"].introduction == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("id: night\n", "bad-field", 1),
        ("- night\n", "bad-field", 1),
        (GOOD.replace("id: night\n  name", "name"), "missing-field", 1),
        (GOOD.replace("  name: Into  the night\n", ""), "missing-field", 1),
        (GOOD.replace("lead: >-\n    How owls\n    hunt.", "lead: ''"), "missing-field", 1),
        (GOOD.partition("  steps")[0], "missing-field", 1),
        (GOOD.replace("introduction", "intro"), "unknown-field", 6),
        (GOOD.replace("Into  the night", "[a]"), "bad-field", 2),
        (GOOD.replace("night\n", "Night\n", 1), "bad-id", 1),
        (GOOD.replace("night\n", "index\n", 1), "bad-id", 1),
        (GOOD.replace("{paper: mice, why: 'They  hide $n$ times.'}", "mice"), "bad-field", 12),
        (GOOD.replace("They hear.", "[They, hear]"), "bad-field", 12),
        (GOOD.replace("\n      why: They hear.", ""), "missing-field", 12),
        (GOOD.replace("They hear.", "''"), "missing-field", 12),
        (GOOD.replace("paper: mice, ", ""), "missing-field", 14),
        (GOOD.replace("why: They", "note: x\n      why: They"), "unknown-field", 13),
        (GOOD.replace("paper: mice", "paper: owls"), "duplicate-step", 14),
        (GOOD.partition("    - {")[0], "short-path", 12),
        (GOOD + GOOD, "duplicate-id", 15),
        (GOOD.replace("They hear.", "x" * 1001), "too-long", 13),
        (GOOD.replace("Another.", "x" * 5001), "too-long", 6),
        (GOOD.replace("Into  the night", "x" * 101), "too-long", 2),
        (GOOD + "".join(f"    - {{paper: p{n}, why: W.}}\n" for n in range(29)), "too-many", 12),
        ("".join(f"- {{id: a{n}, name: A, lead: L., {STEPS}}}\n" for n in range(31)), "too-many", 31),
        (GOOD.replace("  name", "  id: day\n  name"), "bad-yaml", 2),
        ("<<<<<<< ours\n- a\n=======\n- b\n>>>>>>> theirs\n", "merge-conflict", 1),
    ],
)
def test_errors_have_their_lines(shelf_on_disk, text, code, line):
    _, problems = load(shelf_on_disk, text)
    assert [(p.severity, p.code, str(p.place)) for p in problems] == [("error", code, f"paths.yml:{line}")]
    assert problems[0].hint
