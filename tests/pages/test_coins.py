"""COinS: what reference managers read is what the record says, whatever characters it has."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.model import Author, Paper
from generator.pages.parts.coins import build_coins


def read(paper):
    span = LexborHTMLParser(f"<p>{build_coins(paper)}</p>").css_first("span.Z3988")
    return parse_qs(span.attributes["title"], encoding="utf-8")


@given(st.text(min_size=1).filter(lambda t: t.strip() and "$" not in t and t.isprintable()))
def test_titles_and_names_come_through(text):
    found = read(Paper(id="x", title=text, authors=(Author(name=text), Author(name="Jane Möwe"))))
    assert found["rft.atitle"] == [text]
    assert found["rft.au"] == [text, "Jane Möwe"]


def test_only_what_is_known_is_said():
    assert set(read(Paper(id="x", title="Owls"))) == {"ctx_ver", "rft_val_fmt", "rft.genre", "rft.atitle"}
    paper = Paper(id="x", title="Owls", published="2024-05", links={"doi": ("10.1000/a_b*c",)})
    assert read(paper)["rft_id"] == ["info:doi/10.1000/a_b*c"]
    assert read(paper)["rft.date"] == ["2024-05"]
