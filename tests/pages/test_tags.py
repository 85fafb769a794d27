"""Tags for machines: what is known, nothing else, and no text that could end its attribute or its script."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.model import Author, Paper
from generator.pages.parts.head_tags import build_tags

OWLS = Paper(
    id="owls",
    title='Owl$^2$Net: <Night> & "Day"',
    authors=(Author(name="Jane Möwe", orcid="0000-0002-1825-0097"), Author(name="Team Owl")),
    published="2024-05",
    venue="Journal of Birds",
    venue_type="journal",
    pages="1–9",
    links={"doi": ("10.1000/owls",), "arxiv": ("2301.00010",), "pdf": ("https://a.example/x.pdf?a=1&b=2",)},
)


def read(paper):
    tree = LexborHTMLParser(f"<head>{build_tags(paper, 'Owls & More')}</head><body></body>")
    tags = [
        (m.attributes.get("name") or m.attributes.get("property"), m.attributes["content"])
        for m in tree.css("meta")
    ]
    return tags, json.loads(tree.css_first("script").text()), tree


def test_what_is_known_is_said():
    tags, data, tree = read(OWLS)
    assert tags == [
        ("citation_title", 'Owl²Net: <Night> & "Day"'),
        ("citation_author", "Jane Möwe"),
        ("citation_author", "Team Owl"),
        ("citation_publication_date", "2024/05"),
        ("citation_journal_title", "Journal of Birds"),
        ("citation_firstpage", "1"),
        ("citation_lastpage", "9"),
        ("citation_doi", "10.1000/owls"),
        ("citation_arxiv_id", "2301.00010"),
        ("citation_pdf_url", "https://a.example/x.pdf?a=1&b=2"),
        ("og:type", "article"),
        ("og:site_name", "Owls & More"),
    ]
    assert data["author"][0] == {
        "@type": "Person",
        "name": "Jane Möwe",
        "@id": "https://orcid.org/0000-0002-1825-0097",
    }
    assert data["isPartOf"] == {"@type": "Periodical", "name": "Journal of Birds"}
    assert tree.css_first("link[rel=author]").attributes["href"] == "https://orcid.org/0000-0002-1825-0097"
    assert tree.css_first("link[rel=cite-as]").attributes["href"] == "https://doi.org/10.1000/owls"


@pytest.mark.parametrize("paper", [
    Paper(id="x", title="Owls", venue="NAACL 2019"),
    Paper(id="x", title="Owls", venue="Night Data", extra={"type": "dataset"}),
])  # fmt: skip
def test_a_venue_that_highwire_has_no_tag_for_is_not_said_to_be_the_publisher(paper):
    assert not [name for name, value in read(paper)[0] if value == paper.venue]


def test_a_server_of_preprints_is_the_publisher():
    tags, _, _ = read(Paper(id="x", title="Owls", venue="arXiv", venue_type="preprint"))
    assert ("citation_publisher", "arXiv") in tags


def test_a_name_alone_is_not_said_to_be_a_person():
    _, data, _ = read(OWLS)
    assert data["author"][1] == {"name": "Team Owl"}


def test_what_is_unknown_has_no_tag():
    tags, data, tree = read(Paper(id="x", title="Owls", author_count=6))
    assert [name for name, _ in tags] == ["citation_title", "og:type", "og:site_name"]
    assert set(data) == {"@context", "@type", "name"}
    assert [link.attributes["rel"] for link in tree.css("link")] == ["type"]


@pytest.mark.parametrize("field", ["title", "venue"])
@given(text=st.text(min_size=1, max_size=60))
def test_no_text_leaves_its_place(field, text):
    paper = Paper(**{"id": "x", "title": "Owls", field: f"a {text} </script> b"})
    tags, data, tree = read(paper)
    assert len(tags) == len(read(Paper(**{"id": "x", "title": "Owls", field: "a b"}))[0])
    assert len(tree.css("script")) == 1
    assert data["@type"] == "ScholarlyArticle"
    assert [node.tag for node in tree.head.iter()] == ["meta"] * len(tags) + ["link", "script"]
