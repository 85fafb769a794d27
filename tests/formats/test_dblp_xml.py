"""DBLP's XML to drafts: its types, namesakes, CoRR, and home pages, which are no papers."""

import pytest

from generator.formats.dblp_xml.read import import_dblp_xml
from generator.formats.detect import detect_format
from generator.formats.values import TextFile
from generator.model import Author

PAPER = (
    '<inproceedings key="conf/nest/OwlW24" mdate="2024-03-05"><author orcid="0000-0002-1825-0097">Jane Owl 0001</author><author pid="1">Bob Wren</author>'
    '<title>Nests of <i>Strix</i> &amp; CO<sub>2</sub>.</title><pages>11-19</pages><year>2024</year><booktitle>NEST</booktitle><ee type="oa">https://doi.org/10.1000/nest.1</ee>'
    "<ee>https://nests.example.org/1</ee><crossref>conf/nest/2024</crossref><url>db/conf/nest/nest2024.html#OwlW24</url><stream>streams/conf/nest</stream></inproceedings>"
)
COPY = '<article publtype="informal" key="journals/corr/abs-2403-00001"><author>Jane Owl 0001</author><title>Early nests.</title><year>2024</year><volume>abs/2403.00001</volume><journal>CoRR</journal><ee>https://doi.org/10.48550/arXiv.2403.00001</ee></article>'
HOME = '<www key="homepages/1/2"><author>Jane Owl 0001</author><title>Home Page</title></www>'


def read(text):
    assert detect_format("x", text) == "dblp-xml"
    return import_dblp_xml([TextFile(name="nests.xml", text=text)], "")


@pytest.mark.parametrize(
    "text",
    [
        f"<?xml version='1.0'?><dblp>{PAPER}</dblp>",
        f'<dblpperson name="Jane Owl 0001" pid="1"><r>{PAPER}</r></dblpperson>',
        f"<bht><dblpcites><r>{PAPER}</r></dblpcites></bht>",
    ],
)
def test_a_record_becomes_a_draft_in_every_kind_of_file(text):
    batch = read(text)
    (draft,) = batch.drafts
    paper = draft.paper
    assert (paper.title, paper.published, paper.pages) == ("Nests of Strix & CO₂", "2024", "11-19")
    assert paper.authors == (Author(name="Jane Owl", orcid="0000-0002-1825-0097"), Author(name="Bob Wren"))
    assert (paper.venue, paper.venue_type) == ("NEST", "conference")
    assert paper.links == {"doi": ("10.1000/nest.1",), "page": ("https://nests.example.org/1",)}
    assert (paper.sources[0].entry, paper.extra) == ("conf/nest/OwlW24", {"crossref": "conf/nest/2024"})
    assert batch.problems == ()


def test_corr_is_arxiv():
    (draft,) = read(f"<dblp>{COPY}</dblp>").drafts
    paper = draft.paper
    assert (paper.venue, paper.venue_type, paper.volume) == ("arXiv", "preprint", "")
    assert paper.links["arxiv"] == ("2403.00001",)


def test_a_home_page_is_no_paper():
    batch = read(f"<dblp>{HOME}</dblp>")
    assert (batch.drafts, batch.entries) == ((), 1)
    assert [(p.code, p.severity) for p in batch.problems] == [("not-an-entry", "note")]


def test_a_document_type_is_refused():
    batch = read(f'<!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp>{PAPER}</dblp>')
    assert [(p.code, p.severity) for p in batch.problems] == [("bad-xml", "error")]
