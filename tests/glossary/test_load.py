"""`glossary.yml`: strict, and every error with its line."""

import pytest

from generator.glossary.load import load_glossary
from generator.model import Taxonomy, Topic
from generator.problems import Place

TAXONOMY = Taxonomy(topics={"birds": Topic(id="birds", name="Birds", place=Place(file="topics.yml"))})


def load(shelf_on_disk, text):
    return load_glossary(shelf_on_disk({"glossary.yml": text}), TAXONOMY)


def test_without_a_file_there_are_no_terms(tmp_path):
    assert load_glossary(tmp_path, TAXONOMY) == ((), ())


@pytest.mark.parametrize("text", ["", "[]\n", "# nothing yet\n"])
def test_an_empty_file_has_no_terms(shelf_on_disk, text):
    assert load(shelf_on_disk, text) == ((), ())


def test_terms_keep_their_order_and_have_anchors(shelf_on_disk):
    text = "- term: Owl  pellet (dry)\n  aliases: [OP, 'pellet']\n  meaning: >-\n    What owls\n    leave.\n  topic: birds\n- {term: 猫, meaning: Cat.}\n"
    terms, problems = load(shelf_on_disk, text)
    assert problems == ()
    assert [(t.id, t.term, t.aliases, t.meaning, t.topic, t.place.line) for t in terms] == [
        ("owl-pellet-dry", "Owl pellet (dry)", ("OP", "pellet"), "What owls leave.", "birds", 1),
        ("猫", "猫", (), "Cat.", "", 7),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("term: Owl\n", "bad-field", 1),
        ("- Owl\n", "bad-field", 1),
        ("- term: Owl\n", "missing-field", 1),
        ("- meaning: Owl\n", "missing-field", 1),
        ("- term: Owl\n  meaning: A bird.\n  colour: x\n", "unknown-field", 3),
        ("- term: Owl\n  meaning: A bird.\n  aliases: x\n", "bad-field", 3),
        ("- term: [Owl]\n  meaning: A bird.\n", "bad-field", 1),
        ("- term: '!!'\n  meaning: A bird.\n", "bad-field", 1),
        ("- term: Owl\n  meaning: A bird.\n  aliases: [x, '?']\n", "bad-field", 3),
        ("- term: Owl\n  meaning: A bird.\n  topic: fish\n", "unknown-topic", 1),
        ("- {term: Owl, meaning: A.}\n- {term: Mouse, meaning: B., aliases: [OWL]}\n", "duplicate-term", 2),
        (f"- term: Owl\n  meaning: {'x' * 1001}\n", "too-long", 2),
        (f"- term: {'x' * 101}\n  meaning: x\n", "too-long", 1),
        ("- term: Owl\n  term: Mouse\n  meaning: x\n", "bad-yaml", 2),
        ("<<<<<<< ours\n- a\n=======\n- b\n>>>>>>> theirs\n", "merge-conflict", 1),
    ],
)
def test_errors_have_their_lines(shelf_on_disk, text, code, line):
    _, problems = load(shelf_on_disk, text)
    assert [(p.severity, p.code, str(p.place)) for p in problems] == [("error", code, f"glossary.yml:{line}")]
