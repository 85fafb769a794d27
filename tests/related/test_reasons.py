"""Reasons that are reasons: rare terms in whole compounds, as the paper writes them, and shared topics."""

import pytest

from generator.model import Paper, Placement
from generator.related.nearest import find_related

FILLING = {
    f"z{n:03}": Paper(id=f"z{n:03}", title=f"Harbour {n % 7} lantern {n} {'' if n % 3 else 'estuary'}")
    for n in range(120)
}


def relate(texts, placements=None, number=3):
    papers = {key: Paper(id=key, title=title, summary=text) for key, (title, text) in texts.items()}
    return find_related(papers | FILLING, number=number, placements=placements)


def reasons(related, key):
    return {other.paper: other.terms for other in related[key] if not other.paper.startswith("z")}


def test_a_compound_is_shown_as_a_whole():
    related = relate(
        {
            "a": ("A", "Night owl hearing tests of a kind."),
            "b": ("B", "On night owl hearing, again."),
            "c": ("C", "A night owl and the hearing."),
        }
    )
    assert reasons(related, "a")["b"] == ("Night owl hearing",)
    assert "Night owl" in reasons(related, "a")["c"]


@pytest.mark.parametrize("word", ["authors", "surpasses", "several", "fold"])
def test_prose_of_summaries_is_no_reason(word):
    texts = {"a": ("Owls", f"Plovers and {word} of it."), "b": ("Wrens", f"Plovers, {word} of them.")}
    assert reasons(relate(texts), "a") == {"b": ("Plovers",)}
    texts = {"a": ("Owls", f"Plovers and {word} of it."), "b": ("Wrens", f"Sparrows, {word} of them.")}
    assert reasons(relate(texts), "a") == {}


def test_prose_joined_by_a_hyphen_says_something():
    texts = {"a": ("Owls", "A long-flight plover."), "b": ("Wrens", "Plovers on long-flight routes.")}
    assert "long-flight" in reasons(relate(texts), "a")["b"]


def test_a_part_of_a_longer_word_is_not_shown_as_a_word():
    texts = {"a": ("Ears", "The owl-based plover."), "b": ("Wrens", "Owls and plovers.")}
    assert reasons(relate(texts), "a")["b"] == ("plover",)


def test_words_that_many_papers_have_are_no_reason():
    papers = {
        key: Paper(id=key, title=f"Estuary {word}") for key, word in zip("ab", ("owl", "wren"), strict=True)
    }
    related = find_related(papers | FILLING, number=3)
    assert related["a"] == related["b"] == ()


def test_a_shared_topic_is_a_reason_and_brings_papers_nearer():
    texts = {
        "a": ("Plovers at night", ""),
        "b": ("Plovers by day", ""),
        "c": ("Plovers and wind", ""),
    }
    placed = {key: [Placement(topic="waders", why="")] for key in "ac"} | {
        "b": [Placement(topic="light", why="")]
    }
    alone, related = relate(texts)["a"], relate(texts, placed)["a"]
    assert [other.topics for other in alone] == [(), ()]
    assert [(other.paper, other.topics) for other in related] == [("c", ("waders",)), ("b", ())]


def test_a_topic_of_a_third_of_the_papers_is_no_reason():
    texts = {"a": ("Plovers at night", ""), "b": ("Plovers by day", "")}
    everywhere = {key: [Placement(topic="birds", why="")] for key in ("a", "b", *FILLING)}
    assert [other.topics for other in relate(texts, everywhere)["a"]] == [()]


def test_words_of_other_scripts_are_reasons():
    texts = {"a": ("夜鹰的听觉", ""), "b": ("夜鹰与听觉", ""), "c": ("Möwen", ""), "d": ("Die Möwen", "")}
    related = relate(texts)
    assert set(reasons(related, "a")["b"]) == {"夜鹰", "听觉"}
    assert reasons(related, "c") == {"d": ("mowen",)}
