"""The rule for what is mathematics: the same in Python and in the browser, and no text loses a dollar by it."""

import json

import pytest
import yaml
from goldens import FOLDER
from hypothesis import given, settings
from hypothesis import strategies as st
from search_support import run_node
from selectolax.lexbor import LexborHTMLParser
from support import ROOT

from generator.formats.bibtex.write import render_bibtex
from generator.formats.csl_json.write import build_csl
from generator.formats.registry import TextFile, read_files
from generator.model import Paper
from generator.pages.parts.templates import make_head
from generator.records.ids import build_slug
from generator.text.escaping import escape_rich, unescape_markup
from generator.text.formulas import bare_dollars, simplify_delimiters, split_maths
from generator.text.maths import plain

CASES = yaml.safe_load((FOLDER / "formulas.yml").read_text(encoding="utf-8"))
SCRIPTS = ROOT / "theme_overrides" / "assets" / "papershelf" / "check"
SPLIT = (
    f"const {{ splitMaths }} = await import({json.dumps((SCRIPTS / 'formulas.js').as_uri())});"
    f"const {{ readTex }} = await import({json.dumps((SCRIPTS / 'tex.js').as_uri())});"
    "return question.map((text) => [splitMaths(text), readTex(text)]);"
)
PIECES = st.sampled_from(
    ["$", "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\$", "\\", "{", "}", "^", "_", "=", " ", "\n", "\n\n", "k", "n", "owl", "and", "to", "Owl", "A", "AP", "5",
     "10", ",", ".", "(", ")", "-", "\\log", "\\alpha", "\\text{", "\\rm", "é", "猫", "🦉", "α", "\u2003", "\u00a0"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=16).map("".join)


def list_formulas(text):
    return [part.tex for part in split_maths(text) if part.tex]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_the_rule_tells_mathematics_from_money_and_names(case):
    assert list_formulas(case["text"]) == case["maths"]
    assert plain(case["text"]) == case.get("plain", case["text"])


def test_the_browser_has_the_same_rule():
    found = run_node(SPLIT, [case["text"] for case in CASES])
    assert [[part["tex"] for part in parts if part["tex"]] for parts, _ in found] == [case["maths"] for case in CASES]  # fmt: skip


@settings(max_examples=10)  # each asks for two hundred texts at once
@given(st.lists(TEXTS, min_size=200, max_size=200))
def test_the_browser_splits_any_text_alike(texts):
    found = run_node(SPLIT, texts)
    for text, (parts, _) in zip(texts, found, strict=True):
        assert [(part["source"], part["tex"]) for part in parts] == list(split_maths(text)), text


@pytest.mark.parametrize("text", ["Micro$oft and Apple$", "$5 and $10", "US$ and A$AP", "one lone $", r"O($n\log n$)"])  # fmt: skip
def test_the_browser_shows_the_same_title(text):
    assert run_node(SPLIT, [text])[0][1] == plain(text)


@given(TEXTS | st.text())
def test_splitting_loses_nothing(text):
    assert "".join(part.source for part in split_maths(text)) == text


@given(TEXTS)
def test_other_delimiters_are_the_same_mathematics(text):
    assert list_formulas(simplify_delimiters(text)) == list_formulas(text)
    assert list_formulas(bare_dollars(text)) == list_formulas(text)
    assert plain(bare_dollars(text)) == plain(text)


@given(TEXTS)
def test_what_is_no_mathematics_stays(text):
    if not list_formulas(text):
        assert plain(text) == text.replace(r"\\", "\0").replace(r"\$", "$").replace("\0", r"\\")


ON_A_LINE = [case for case in CASES if "\n" not in case["text"]]


@pytest.mark.parametrize("case", ON_A_LINE, ids=[case["text"] for case in ON_A_LINE])
def test_titles_say_the_same_wherever_they_are_shown(case):
    title, said = case["text"], " ".join(plain(case["text"]).split())
    head = make_head({"title": title})["title"]
    assert " ".join(unescape_markup(head).split()) == said
    assert " ".join(build_csl(Paper(id="x", title=title))["title"].split()) == said
    shown = " ".join(LexborHTMLParser(f"<p>{escape_rich(title)}").css_first("p").text().split())
    assert shown.count("$") == said.count("$")
    if not case["maths"]:
        assert shown == said


def test_operators_have_their_spaces_in_addresses_and_mathml():
    assert build_slug(r"Owls in $n\log n$ and $\sin\theta$") == "owls-in-n-log-n-and-sin-th"
    html = escape_rich(r"$n\log n$, $\arg\max_x f$")
    shown = LexborHTMLParser(f"<p>{html}").css_first("p").text()
    assert " ".join(shown.split()) == "n log n, arg maxx f"


@given(TEXTS)
def test_a_title_comes_back_from_bibtex_with_its_dollars(text):
    text = f"Owls {' '.join(text.split())} owls"
    if "\\" in text or list_formulas(text):
        return
    exported = render_bibtex(Paper(id="x", title=text, published="2024"))
    (draft,) = read_files("bibtex", [TextFile(name="a.bib", text=exported)], "", {}).drafts
    assert plain(draft.paper.title).count("$") == text.count("$")
