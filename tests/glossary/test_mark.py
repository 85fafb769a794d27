"""Terms in texts: where they are marked, and where not."""

import re

import pytest
from hostile import STRINGS
from hypothesis import given
from hypothesis import strategies as st

from generator.editorial import Term
from generator.glossary.mark import PageTerms, build_marker
from generator.labels.labels import load_labels
from generator.pages.parts.markup_language import MARKDOWN, build_html
from generator.problems import Place
from generator.text.markup_text import MarkupText

_BUTTON = re.compile(r'<button class="ps-term" type="button" popovertarget="([^"]*)">(.*?)</button>')


def build(*forms):
    terms = []
    for form in forms:
        name, *aliases = form.split("/")
        identity = name.lower().replace(" ", "-")
        terms.append(Term(id=identity, term=name, aliases=tuple(aliases), meaning="x", place=Place(file="g")))
    return build_marker(tuple(terms), load_labels("en"))


def mark(text, *forms):
    """Return what is marked in a text, as the card and the words, without the references of escaped characters."""
    html = PageTerms(build(*forms)).mark(MarkupText(text), MARKDOWN)
    return [(card.removeprefix("term-"), words) for card, words in _BUTTON.findall(html)]


@pytest.mark.parametrize(
    ("text", "forms", "marked"),
    [
        ("An owl sees an owl.", ["owl"], [("owl", "owl")]),  # the first use only
        ("Owls see.", ["owl"], [("owl", "Owls")]),  # at a beginning, and in the plural
        ("OWL", ["owl"], []),
        ("A rag and RAG.", ["RAG"], [("rag", "RAG")]),  # as it is written, where it has capitals
        ("MLLMs and LVLM", ["MLLM/LVLM"], [("mllm", "MLLMs")]),  # one thing with two names
        ("knowledge owlish unowl owl-like non-owl owl_x owl2", ["owl"], []),  # whole words
        ("the (owl), “owl”", ["owl"], [("owl", "owl")]),
        ("barn owl nest", ["owl", "barn owl", "barn owl nests"], [("barn-owl", "barn owl")]),  # the longest
        ("barn owl nests", ["owl", "barn owl", "barn owl nests"], [("barn-owl-nests", "barn owl nests")]),
        ("barn owlet", ["barn owl", "barn"], [("barn", "barn")]),
        ("In $owl$ and $x_{owl}$, owl", ["owl"], [("owl", "owl")]),  # no formulas
        ("loss is class", ["class", "loss"], [("loss", "loss"), ("class", "class")]),
        ("使用多模态模型的RAG系统", ["多模态", "RAG"], [("多模态", "多模态"), ("rag", "RAG")]),
        ("C++ and C", ["C++"], [("c++", "C++")]),
        ("owl", [], []),
    ],
)
def test_terms_are_marked_at_their_first_use(text, forms, marked):
    found = mark(text, *forms)
    assert [(card.replace("&#x2b;", "+"), words.replace("&#x2b;", "+")) for card, words in found] == marked


def test_a_page_marks_each_term_once_in_all_its_texts_and_lists_the_cards():
    page = PageTerms(build("owl", "mouse"))
    assert "<button" in page.mark(MarkupText("A mouse."), MARKDOWN)
    assert page.mark(MarkupText("A mouse again & an owl."), MARKDOWN).count("<button") == 1
    cards = page.render_cards("papers/x.md", MARKDOWN)
    assert re.findall(r'id="term-(\w+)"', cards) == ["mouse", "owl"]
    assert "(../glossary.md#mouse)" in cards
    assert "(glossary.md#owl)" in page.render_cards("index.md", MARKDOWN)
    assert PageTerms(build("owl")).render_cards("index.md", MARKDOWN) == ""


def test_without_a_glossary_a_text_is_the_rendering_that_it_has():
    text = MarkupText("Owls & $x$")
    terms = PageTerms(build_marker((), load_labels("en")))
    assert terms.mark(text, MARKDOWN) is text.markdown
    assert terms.mark(text, build_html(pretty=True)) is text.rich


def test_in_html_a_card_leads_to_the_page_of_the_glossary():
    html = build_html(pretty=True)
    page = PageTerms(build("C++"))
    assert ">C++</button> &amp; D" in page.mark(MarkupText("C++ & D"), html)
    assert 'href="../../glossary/#c++"' in page.render_cards("papers/x.md", html)


@given(st.text(max_size=60) | st.sampled_from(STRINGS))
def test_marking_changes_nothing_but_the_marks(text):
    page = PageTerms(build("owl", "x", "script/alert", "猫", "a"))
    html = page.mark(MarkupText(text), MARKDOWN)
    pure = MarkupText(text).markdown
    shown = _BUTTON.sub(lambda match: match[2], html)
    read = lambda text: re.sub(r"&#x?[0-9a-f]+;", "", re.sub(r"[!-/:-@\[-`{-~]|st|nd|rd|th", "", text))  # noqa: E731
    assert read(shown) == read(pure)
    assert re.findall(r"<[a-z/][^>]*>", _BUTTON.sub("", html)) == re.findall(r"<[a-z/][^>]*>", pure)


def test_the_order_of_the_file_decides_between_terms_and_nothing_else_does():
    one, two = build("owl/bird", "wren"), build("owl/bird", "wren")
    assert one.pattern.pattern == two.pattern.pattern
    assert one.words == two.words
