"""Hostile text of four times the length costs at most a few times as much: nothing grows with the square."""

import time

import pytest
from fuzz.invariants import bring_in
from fuzz.strategies import QUESTIONS

from generator.editorial import Term
from generator.formats.detect import detect_format
from generator.glossary.mark import PageTerms, build_marker
from generator.labels.labels import load_labels
from generator.pages.parts.markup_language import MARKDOWN
from generator.problems import Place
from generator.storage.strict_yaml import parse_yaml
from generator.text.markup_text import MarkupText
from generator.text.maths import plain, render_mathml
from generator.topics.overview_check import list_sentences
from generator.topics.overviews import parse_overview

pytestmark = pytest.mark.growth
SHORT, TIMES = 5_000, 4
NOISE = 0.4
"""Seconds of the processor that any run may take."""
UNITS = [" ", "\t", "\n", "a ", "and ", ", ", "; ", "|", "{", "}", "$a$", "\\(", "\\(a", "\\a", "\\a{", "\\frac", "\\textbf{", "\\cite{", "[", "[a](", "[a]", "(", "<a", "<!--", "&#", "https://", "https://a.b ", "arxiv:", "\u2028", "\u0301", "`", "*a", "_a ", "1. ", "2024 ", "x.\n", '"', "@", "\n a"]  # fmt: skip
PLACES = {
    "bibtex": ["{}", "@article{{k, title={{T}}, author={{{}}}}}", "@article{{k, title={{{}}}}}", "@article{{k, title={{T}}, date={{{}}}, url={{{}}}}}"],
    "ris": ["{}", "TY  - JOUR\nTI  - T\nAU  - {}\nUR  - {}\nPY  - {}\nER  - \n"],
    "csv": ["title,authors,url,date,abstract\nT,{},{},{},{}\n"],
    "readme": ["{}", "- [Owls in the Night](https://arxiv.org/abs/2301.00010) {}", "| title | a |\n|---|---|\n| Owls | {} |\n",
               "- [Owls](https://arxiv.org/abs/2301.00010) *{}* x", "- **Owls**: *{}*", "- Owl, J., {} (2024). Owls. *Birds*, 3.", '- J. Owl, "{}," in *Birds*, 2023.',
               "<table><tr><td>{}</td></tr></table>\n", "<details><summary>{}</summary>\n\n- [Owls](https://arxiv.org/abs/2301.00010)\n", "- **Title**: {} **Authors**: {}", "## {}\n- Paper: https://arxiv.org/abs/2301.00010\n"],
    "yaml": ["- title: Owls\n  authors: {}\n", "- {{title: Owls, links: {}}}\n"],
    "listing": ["new\n\nMar 11\n\nOwls that Hunt at Night\n\n{}\n\n• 6 authors\n· Mar 10\n"],
    "issue-form": ["".join(f"### {q}\n\n{{}}\n\n" for q in QUESTIONS)],
}  # fmt: skip


def spend(work, text):
    """Return the seconds of the processor that work on a text takes."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def check_growth(work, make):
    for unit in UNITS:
        long = spend(work, make(unit * (TIMES * SHORT // len(unit))))
        if long > NOISE:
            short = spend(work, make(unit * (SHORT // len(unit))))
            assert long < 2.2 * TIMES * short + NOISE, (unit, short, long)


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name, places in PLACES.items() for place in places]
)
def test_an_import_costs_what_it_is_long(name, place):
    check_growth(lambda text: bring_in(name, text), lambda text: place.format(*[text] * place.count("{}")))


def test_telling_the_format_costs_what_a_text_is_long():
    check_growth(lambda text: detect_format("x", text), lambda text: text)
    check_growth(lambda text: detect_format("x", text), lambda text: f"new\n{text}")


def test_yaml_costs_what_it_is_long():
    check_growth(lambda text: parse_yaml(text, file="x"), lambda text: f"title: {text}")


def test_an_overview_costs_what_it_is_long():
    def check(text):
        overview, _ = parse_overview.__wrapped__(text, file="x")
        return overview and [list(list_sentences(passage)) for passage in overview.passages]

    check_growth(check, lambda text: text)
    check_growth(check, lambda text: f"- {text}\n\n[a](../papers/a.md) {text}"[: TIMES * SHORT])


def test_marking_terms_costs_what_a_text_is_long():
    words = ["a", "a a", "a a a b", "and", "[", "2024 x", "owl", "owls of", "*a*a", "(a"]
    terms = tuple(
        Term(id=f"t{n}", term=word, meaning="x", place=Place(file="x")) for n, word in enumerate(words)
    )
    marker = build_marker(terms, load_labels("en"))
    check_growth(lambda text: PageTerms(marker).mark(MarkupText(text), MARKDOWN), lambda text: text)


@pytest.mark.parametrize("name", ["csl-json", "hf", "openalex"])
@pytest.mark.parametrize(
    "unit", ['{"a":', '\n{"a":', '},{"title":', '\n{"title": 1}', "[", '{"title":"a"},\n{"a":']
)
def test_broken_json_costs_what_it_is_long(name, unit):
    short, long = (
        spend(lambda text: bring_in(name, text), "[" + unit * (n // len(unit))) for n in (25_000, 100_000)
    )
    assert long < 2.2 * TIMES * short + NOISE


def test_many_entries_of_one_title_cost_what_they_are_long():
    def make(number):
        return "".join(f'{{"title": "Owls", "id": "owls-{n}"}}\n' for n in range(number))

    short, long = (spend(lambda text: bring_in("jsonl", text), make(number)) for number in (1_000, 4_000))
    assert long < 2.2 * TIMES * short + NOISE


@pytest.mark.parametrize(
    "unit", ["\\frac{", "\\sqrt[", "{", "^{", "\\left(", "\\begin{matrix}", "\\text{", "\\binom", "a_b^"]
)
def test_a_formula_is_said_at_once(unit):
    formula = f"${unit * (480 // len(unit))}$"
    assert spend(plain, formula) < NOISE
    assert spend(render_mathml, formula[1:-1]) < NOISE
