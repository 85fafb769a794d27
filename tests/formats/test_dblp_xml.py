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


DUMP = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n'


@pytest.mark.parametrize(
    "head",
    [DUMP, DUMP.replace('"dblp.dtd"', "'https://dblp.org/xml/release/dblp-2024-03-01.dtd'"), DUMP.replace("<!D", "<!-- owls -->\n<!D")],
)  # fmt: skip
def test_a_dump_has_its_document_type_and_named_characters(head):
    article = '<article key="journals/nest/M&ouml;we24"><author>Jane M&ouml;we</author><title>Eul&eacute;s &amp; &lt;Nests&gt; &times; 2.</title><year>2024</year></article>'
    batch = read(f"{head}<dblp>\n{article}\n</dblp>")
    (draft,) = batch.drafts
    assert (draft.paper.title, draft.paper.authors) == ("Eulés & <Nests> × 2", (Author(name="Jane Möwe"),))
    assert draft.paper.sources[0].entry == "journals/nest/Möwe24"
    assert draft.place.line == head.count("\n") + 2
    assert batch.problems == ()


@pytest.mark.parametrize("place", ["<title>&owl; at night</title>", '<title lang="&owl;">Owls</title>'])
def test_a_name_that_is_not_known_is_an_error_in_its_line(place):
    batch = read(f'{DUMP}<dblp>\n<article key="a">\n{place}</article></dblp>')
    assert (batch.drafts, batch.entries) == ((), 1)
    assert [(p.code, p.place.line, p.message) for p in batch.problems] == [
        ("bad-xml", 5, "not well-formed XML: undefined entity")
    ]


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE dblp SYSTEM "dblp.dtd" [<!ENTITY a0 "owl">{BOMB}]>',
        '<!DOCTYPE dblp [<!ENTITY owl SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE dblp SYSTEM "owls.dtd">',
        '<!DOCTYPE dblp PUBLIC "-//owls" "dblp.dtd">',
        '<!DOCTYPE owls SYSTEM "dblp.dtd">',
    ],
)
def test_any_other_document_type_is_refused(doctype):
    batch = import_dblp_xml([TextFile(name="nests.xml", text=f"{doctype}<dblp>{PAPER}</dblp>")], "")
    assert batch.drafts == ()
    assert [(p.code, p.severity) for p in batch.problems] == [("bad-xml", "error")]
    assert "document type" in batch.problems[0].message
