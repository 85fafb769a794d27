"""Texts of records as values: each rendering is made once, and only in memory."""

import pickle
from collections import Counter

import msgspec
import pytest
from msgspec.structs import replace

from generator.model import Paper
from generator.records.cache import Known, RecordCache
from generator.search.entries import read_fields
from generator.text import markup_text
from generator.text.markup_text import MarkupText

PAPER = Paper(
    id="owls", title="Owls & $x^2$", summary="They {hunt}. At $\\alpha$.", abstract="A <b> $y$.\n\nB."
)


def read_all(paper):
    for text in (paper.title_text, paper.summary_text, paper.abstract_text):
        assert all((text.plain, text.html, text.rich, text.markdown, text.first_sentence.rich, text.bibtex))


def test_a_text_has_a_rendering_for_each_language():
    text = PAPER.title_text
    assert (text.plain, text.html, text.bibtex) == ("Owls & x²", "Owls &amp; x²", r"Owls \& {$x^2$}")
    assert text.markdown.startswith("Owls &#x26; <span")
    assert text.rich.startswith("Owls &amp; <span")
    assert all("<msup>" in each for each in (text.rich, text.markdown))


@pytest.mark.parametrize(
    ("summary", "first"),
    [
        ("Owls, e.g. J. Owl, hunt. They hear.", "Owls, e.g. J. Owl, hunt."),
        ("Owls hunt.", "Owls hunt."),
        ("Owls weigh 1.5 kg", "Owls weigh 1.5 kg"),
        ("", ""),
    ],
)
def test_the_first_sentence(summary, first):
    assert MarkupText(summary).first_sentence == MarkupText(first)


@pytest.mark.parametrize(
    "name", ["plain", "escape_markup", "escape_rich", "escape_rich_html", "escape_bibtex_title"]
)
def test_each_rendering_is_made_once(name, monkeypatch):
    calls = Counter()
    render = getattr(markup_text, name)
    monkeypatch.setattr(markup_text, name, lambda text: calls.update([text]) or render(text))
    paper = replace(PAPER)
    read_all(paper)
    read_all(paper)
    assert set(calls.values()) == {1}
    assert len(calls) == (
        5 if name == "escape_rich_html" else 3
    )  # two texts are longer than their first sentence


def test_renderings_are_not_part_of_a_paper(tmp_path):
    paper, untouched = replace(PAPER), replace(PAPER)
    read_all(paper)
    assert paper == untouched
    assert pickle.dumps(paper) == pickle.dumps(untouched)
    assert not pickle.loads(pickle.dumps(paper)).__dict__  # noqa: S301 (our own bytes)
    assert not replace(paper, title="Wrens").__dict__
    assert msgspec.json.encode(paper) == msgspec.json.encode(untouched)
    files = []
    for each in (paper, untouched):
        cache = RecordCache(tmp_path / f"{len(files)}.bin")
        cache.put(b"0" * 16, Known(each))
        cache.turn()
        files.append((tmp_path / f"{len(files)}.bin").read_bytes())
    assert files[0] == files[1]


def test_a_text_is_equal_to_one_with_the_same_source():
    one, other = MarkupText("$x$"), MarkupText("$x$")
    assert one.plain == "x"
    assert (one, hash(one)) == (other, hash(other))
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 (our own bytes)
    assert pickle.dumps(one) == pickle.dumps(other)
    with pytest.raises(AttributeError):
        one.source = "$y$"


def test_dollars_of_two_fields_are_no_formula():
    paper = Paper(title="Owls", summary="It costs $x", abstract="y$ more")
    assert read_fields(paper, (), abstracts=True)[-1] == "it costs $x y$ more"
