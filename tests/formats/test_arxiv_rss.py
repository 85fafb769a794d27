"""arXiv's feeds of new papers to drafts, in both forms; entries of other feeds are named."""

import pytest

from generator.formats.arxiv_rss.read import import_arxiv_rss
from generator.formats.detect import detect_format
from generator.formats.registry import read_files
from generator.formats.values import TextFile

RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.OW updates on arXiv.org</title><pubDate>Tue, 05 Mar 2024 00:00:00 -0500</pubDate>
<item><title>Nests of
 size $N$</title><link>https://arxiv.org/abs/2403.00001</link>
<description>arXiv:2403.00001v1 Announce Type: new
Abstract: We nest \\emph{owls}. Code: https://github.com/owl/nest</description>
<guid isPermaLink="false">oai:arXiv.org:2403.00001v1</guid><category>cs.OW</category><category>cs.NE</category>
<pubDate>Tue, 05 Mar 2024 00:00:00 -0500</pubDate><arxiv:announce_type>new</arxiv:announce_type>
<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><arxiv:DOI>10.1000/nest.1</arxiv:DOI>
<arxiv:journal_reference>Nests 3 (2024)</arxiv:journal_reference><dc:creator>Jane Owl, Bob Wren, Jr., Al Dove</dc:creator></item>
<item><title>No number</title><guid>https://nests.example.org/1</guid></item></channel></rss>
"""
ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><updated>2024-03-05T05:00:00+00:00</updated>
<entry><id>oai:arXiv.org:2403.00001v2</id><title>Nests</title><summary>arXiv:2403.00001v2 Announce Type: replace
Abstract: We nest.</summary><category term="cs.OW"/><published>2024-03-05T00:00:00-05:00</published>
<arxiv:announce_type>replace</arxiv:announce_type><dc:creator>Jane Owl</dc:creator></entry></feed>
"""


def read(text):
    assert detect_format("x", text) == "arxiv-rss"
    return import_arxiv_rss([TextFile(name="nests.xml", text=text)], "")


def test_an_item_becomes_a_draft_without_the_day_of_its_announcement_as_its_date():
    batch = read(RSS)
    (draft,) = batch.drafts
    paper = draft.paper
    assert (paper.title, paper.published, paper.added) == ("Nests of size $N$", "", "2024-03-05")
    assert paper.abstract == "We nest owls. Code: https://github.com/owl/nest"
    assert [a.name for a in paper.authors] == ["Jane Owl", "Bob Wren, Jr.", "Al Dove"]
    assert paper.links == {
        "arxiv": ("2403.00001",), "code": ("https://github.com/owl/nest",), "doi": ("10.1000/nest.1",),
    }  # fmt: skip
    assert paper.extra == {
        "announced": "2024-03-05 new", "journal_ref": "Nests 3 (2024)", "categories": "cs.OW cs.NE",
        "license": "http://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip
    assert paper.sources[0].entry == "2403.00001v1"
    assert [(p.code, p.severity) for p in batch.problems] == [("bad-link", "error")]
    assert batch.entries == 2


def test_the_form_of_atom_is_read_too():
    (draft,) = read(ATOM).drafts
    paper = draft.paper
    assert (paper.title, paper.abstract, paper.published) == ("Nests", "We nest.", "")
    assert paper.extra == {"announced": "2024-03-05 replace", "categories": "cs.OW"}


@pytest.mark.parametrize("form", ["arxiv"])
def test_the_reader_of_the_api_says_that_it_is_no_answer(form):
    batch = read_files(form, [TextFile(name="x", text=ATOM)], "", {})
    assert (batch.drafts, [p.severity for p in batch.problems]) == ((), ["error"])
