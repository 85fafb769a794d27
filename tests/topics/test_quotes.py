"""What the reasons of topics quote stands in the text that they name."""

import pytest

from generator.model import Paper, Pin, Rule, Shelf, Taxonomy, Topic
from generator.problems import Place
from generator.topics.classify import build_classifier
from generator.topics.quotes import check_quotations, quote_phrase


@pytest.mark.parametrize(
    ("text", "phrase", "quoted"),
    [
        ("Evaluating owls", "evaluate", "Evaluating"),
        ("An EVALUATE step, evaluated", "evaluate", "evaluate"),
        (
            "Wrens and cross-modal collaborations at night",
            "modality collaboration",
            "cross-modal collaborations",
        ),
        ("Self-nesting-owls sing", "nested", "Self-nesting-owls"),
        ("The owl’s nests", "owls nest", "owl’s nests"),
        (
            "Retrieve-augmented Generation of songs",
            "retrieval-augmented generation",
            "Retrieve-augmented Generation",
        ),
        ("Wrens", "owl", ""),
        ("", "owl", ""),
        ("a " * 100_000, "b", ""),
        ("a-" * 100_000, "as a", ""),
        ("x" * 100_000, "owl", ""),
    ],
)
def test_a_phrase_is_quoted_as_the_text_writes_it(text, phrase, quoted):
    assert quote_phrase(text, phrase) == quoted


def test_a_rule_quotes_the_paper_and_not_itself():
    rule = Rule(any=("evaluate",), all=("nest",))
    taxonomy = Taxonomy(
        topics={"tests": Topic(id="tests", name="Tests", rules=(rule,), place=Place(file="topics.yml"))}
    )
    paper = Paper(id="owls", title="Evaluation of Nests")
    (place,) = build_classifier(taxonomy).classify({"owls": paper})["owls"]
    assert place.why == "“Evaluation” in the title and “Nests” in the title"


@pytest.mark.parametrize(
    ("why", "hints"),
    [
        ("“evaluate” in the title", ["write “Evaluating”"]),
        (
            "“evaluating” in the title and “mice” in the summary",
            ["quote the text exactly, or remove `why`"],
        ),
        ("“evaluate” in the abstract", []),
        ("chosen by hand", []),
    ],
)
def test_the_check_notes_what_is_no_quotation(why, hints):
    paper = Paper(
        id="owls", title="Evaluating Owls", summary="Owls sing.", topics=(Pin(id="tests", why=why),)
    )
    shelf = Shelf(papers={"owls": paper}, places={"owls": Place(file="owls.yml")})
    assert [problem.hint for problem in check_quotations(shelf)] == hints
