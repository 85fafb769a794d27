"""Classification: rules fire on phrases, and say so."""

import pytest

from generator.model import Paper, Pin, Rule, Taxonomy, Topic
from generator.pipeline import load_content
from generator.problems import Place
from generator.topics.classify import build_classifier
from generator.topics.taxonomy import name_topics

PAPER = Paper(
    title="Owl-Hunting at Night",
    abstract="We film owls. Filming is hard. Owls see mice; a mouse sees no owl.",
    topics=(),
    id="owls",
)


def classify(rule, paper=PAPER):
    topic = Topic(id="birds", name="Birds", rules=(rule,), place=Place(file="topics.yml"))
    placements = build_classifier(Taxonomy(topics={"birds": topic})).classify({"x": paper})["x"]
    return placements[0].why if placements else None


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule(any=("owl hunt",)), "“Owl-Hunting” in the title"),
        (Rule(any=("OWL",), fields=("abstract",)), "“OWL” in the abstract"),
        (Rule(any=("wren",)), None),
        (Rule(any=("owl",), fields=("abstract",), times=3), "“owl” in the abstract, 3 times in all"),
        (Rule(any=("owl",), fields=("abstract",), times=4), None),
        (Rule(any=("owls", "owl"), fields=("abstract",), times=4), None),
        (Rule(any=("owl", "film"), fields=("abstract",), times=5), "“owl” in the abstract, 5 times in all"),
        (Rule(any=("owl",), all=("mouse",)), "“owl” in the title and “mouse” in the abstract"),
        (Rule(any=("owl",), all=("cat",)), None),
        (Rule(any=("owl",), none=("filming",)), None),
        (Rule(any=("hunting night",)), None),
    ],
)
def test_a_rule_fires_on_its_phrases_and_says_which(rule, why):
    assert classify(rule) == why


def test_curators_pin_and_exclude():
    rule = Rule(any=("owl",))
    pinned = Paper(id="x", title="Wrens", topics=(Pin(id="birds"),))
    kept = Paper(id="x", title="Wrens", topics=(Pin(id="birds", why="“owl” in the abstract"),))
    assert classify(rule, pinned) == "chosen by the curators"
    assert classify(rule, kept) == "“owl” in the abstract"
    assert classify(rule, Paper(id="x", title="Owls", not_topics=("birds",))) is None


def test_a_hint_names_some_of_many_topics():
    topics = {f"t{n}": None for n in range(1, 1201)}
    assert name_topics(dict(list(topics.items())[:3])) == "the topics are t1, t2, t3"
    assert name_topics(topics).endswith("t19, t20 and 1,180 more, in topics.yml")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule(any=("night owl",), fields=("section",)), "“night owl” among its section"),
        (Rule(any=("owls",), fields=("keywords",)), "“owls” among its keywords"),
        (Rule(any=("large",), fields=("size",)), "“large” among its size"),
        (Rule(any=("owl",), none=("mice",), fields=("keywords",)), None),
        (Rule(any=("owl mouse",), fields=("keywords",)), None),
        (Rule(any=("hearing",), fields=("title", "keywords")), None),
    ],
)
def test_a_rule_looks_into_groups_and_other_facts(rule, why):
    groups = {"sections": ("Birds > Night Owls",), "keywords": ("owl", "mice")}
    assert classify(rule, Paper(id="x", title="Wrens", groups=groups, extra={"size": "large"})) == why


def test_a_field_that_no_record_has_is_named(shelf_on_disk):
    topics = "- {id: owls, name: Owls, rules: [{any: [owl], in: [sectoin]}]}\n"
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n", "topics.yml": topics})
    _, _, problems = load_content(content)
    assert [(p.code, p.severity, p.place.line) for p in problems] == [("unknown-field", "warning", 1)]
