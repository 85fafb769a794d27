"""OAI-PMH to drafts: arXiv's form, Dublin Core, deleted records, errors of the service, and lists that go on."""

import pytest

from generator.formats.detect import detect_format
from generator.formats.oai_pmh.read import import_oai_pmh
from generator.formats.values import TextFile

ARXIV = (
    '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2403.00001</id><created>2024-03-01</created><updated>2024-03-09</updated>'
    "<authors><author><keyname>Owl</keyname><forenames>Jane</forenames><suffix>Jr</suffix></author><author><keyname>Nest Team</keyname></author></authors>"
    "<title>Nests of\n $N$ owls</title><categories>cs.OW cs.NE</categories><comments>9 pages</comments><journal-ref>Nests 3</journal-ref>"
    "<doi>10.1000/nest.1</doi><license>http://nests.example.org/free</license><abstract> We nest. </abstract></arXiv>"
)
DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Nests &amp;amp; owls</dc:title>'
    "<dc:creator>Owl, Jane</dc:creator><dc:creator>Wren, Bob; Dove, Al</dc:creator><dc:subject>Nests; Owls</dc:subject><dc:subject>Night</dc:subject>"
    "<dc:description>&lt;p&gt;We nest.&lt;/p&gt;</dc:description><dc:description>Comment: 9 pages</dc:description><dc:date>2024-03-01</dc:date><dc:date>2024-03-09</dc:date>"
    "<dc:type>preprint</dc:type><dc:identifier>http://arxiv.org/abs/2403.00001</dc:identifier><dc:identifier>doi:10.1000/nest.1</dc:identifier>"
    "<dc:identifier>nest-7</dc:identifier><dc:language>eng</dc:language><dc:publisher>Nest Press</dc:publisher></oai_dc:dc>"
)


def answer(*records, more=""):
    listed = "".join(
        f"<record><header><identifier>oai:nest.example.org:{n}</identifier><datestamp>2024-03-05</datestamp></header><metadata>{record}</metadata></record>"
        for n, record in enumerate(records, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-03-05T00:00:00Z</responseDate><ListRecords>{listed}{more}</ListRecords></OAI-PMH>'


def read(text):
    assert detect_format("x", text) == "oai-pmh"
    return import_oai_pmh([TextFile(name="nests.xml", text=text)], "")


def test_a_record_of_arxiv_becomes_a_draft():
    (draft,) = read(answer(ARXIV)).drafts
    paper = draft.paper
    assert (paper.title, paper.abstract, paper.published) == ("Nests of $N$ owls", "We nest.", "2024-03-01")
    assert [a.name for a in paper.authors] == ["Owl, Jane, Jr", "Nest Team"]
    assert paper.links == {"arxiv": ("2403.00001",), "doi": ("10.1000/nest.1",)}
    assert paper.extra == {
        "comment": "9 pages", "journal_ref": "Nests 3", "license": "http://nests.example.org/free", "categories": "cs.OW cs.NE",
    }  # fmt: skip
    assert paper.sources[0].entry == "1"


def test_a_withdrawn_paper_is_one():
    text = ARXIV.replace("9 pages", "This paper has been withdrawn by its authors")
    assert read(answer(text)).drafts[0].paper.status == "withdrawn"


def test_dublin_core_becomes_a_draft():
    (draft,) = read(answer(DC)).drafts
    paper = draft.paper
    assert (paper.title, paper.abstract, paper.published) == ("Nests & owls", "We nest.", "2024-03-01")
    assert paper.sources[0].claims == {"published": "2024-03-09"}
    assert [a.name for a in paper.authors] == ["Owl, Jane", "Wren, Bob", "Dove, Al"]
    assert paper.links == {"arxiv": ("2403.00001",), "doi": ("10.1000/nest.1",)}
    assert (paper.venue_type, paper.publisher, paper.language) == ("preprint", "Nest Press", "eng")
    assert paper.groups == {"subjects": ("Nests", "Owls", "Night")}
    assert paper.extra == {"comment": "9 pages", "identifier": "nest-7", "type": "preprint"}


@pytest.mark.parametrize(
    ("text", "problems", "entries"),
    [
        (answer(DC, more="<resumptionToken cursor='0'>next</resumptionToken>"), [("cut-off", "note")], 1),
        (answer(DC, more="<resumptionToken cursor='9'> </resumptionToken>"), [], 1),
        (answer("<x/>"), [("missing-field", "error")], 1),
        (answer(), [("no-entries", "note")], 0),
        (
            '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="noRecordsMatch">no nests</error></OAI-PMH>',
            [("source-error", "error")],
            1,
        ),
        (
            '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header status="deleted"><identifier>oai:n:1</identifier></header></record></ListRecords></OAI-PMH>',
            [("not-an-entry", "note")],
            1,
        ),
    ],
)
def test_what_is_no_paper_is_named(text, problems, entries):
    batch = read(text)
    assert [(p.code, p.severity) for p in batch.problems] == problems
    assert batch.entries == entries
