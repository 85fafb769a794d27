"""Volumes of the ACL Anthology to drafts: markup to text, what a volume says for its papers, and retractions."""

import collections
import csv
import json

import pytest
from support import SHARED

from generator.formats.acl_xml.read import import_acl_xml
from generator.formats.values import TextFile
from generator.text.titles import build_fingerprint

CORPORA = SHARED / "corpora"
META = """<meta><booktitle>Proceedings of the 3rd Annual Meeting on <fixed-case>O</fixed-case>wls</booktitle>
<editor><first>Ed</first><last>Kite</last></editor><publisher>Barn Press</publisher><month>July</month><year>2020</year>
<isbn>978-0-00-000000-2</isbn><url>2020.owl-main</url></meta>
<frontmatter><url>2020.owl-main.0</url></frontmatter>
"""
PAPER = """<paper id="1"><title>Owls at Night</title><author><first>Ada</first><last>Owl</last></author>
{more}</paper>"""


def read(*papers, meta=META, volume='id="main"', captured=""):
    text = f'<collection id="2020.owl"><volume {volume}>\n{meta}{"".join(papers)}\n</volume></collection>'
    return import_acl_xml([TextFile(name="2020.owl.xml", text=text)], captured)


def paper_of(more="", **settings):
    batch = read(PAPER.format(more=more), **settings)
    assert not batch.problems
    (draft,) = batch.drafts
    return draft.paper


def show(batch):
    return [(p.severity.value, p.code, str(p.place)) for p in batch.problems]


def test_a_paper_takes_from_its_volume_what_it_does_not_say_itself():
    batch = read(PAPER.format(more="<pages>1–6</pages><url>2020.owl-main.1</url>"), captured="2025-01-02")
    (draft,) = batch.drafts
    paper, (source,) = draft.paper, draft.paper.sources
    assert (batch.entries, batch.problems, draft.place.line) == (1, (), 6)
    assert (paper.venue, paper.venue_type) == ("Proceedings of the 3rd Annual Meeting on Owls", "conference")
    assert (paper.published, paper.pages, paper.publisher) == ("2020-07", "1–6", "Barn Press")
    assert (paper.editors, [a.name for a in paper.authors]) == (("Ed Kite",), ["Ada Owl"])
    assert (paper.isbn, paper.extra["volume_isbn"]) == ("", "978-0-00-000000-2")
    assert (source.name, source.entry, source.date) == ("2020.owl", "2020.owl-main.1", "2025-01-02")


def test_markup_is_dropped_mathematics_stands_between_dollars_and_characters_are_kept():
    title = "<title><fixed-case>OWL</fixed-case><tex-math>^{2}</tex-math>:  a\n<b>b</b><i>ar<b>n</b></i> &amp; more</title>"
    abstract = "<abstract>See <url>https://owls.example.org/a_b</url> for <tex-math>$x &lt; 1$</tex-math>, “so” – 5 &gt; 3.</abstract>"
    text = PAPER.format(more=abstract).replace("<title>Owls at Night</title>", title)
    (draft,) = read(text).drafts
    assert draft.paper.title == "OWL$^{2}$: a barn & more"
    assert draft.paper.abstract == "See https://owls.example.org/a_b for $x < 1$, “so” – 5 > 3."
    assert draft.paper.links == {"project": ("https://owls.example.org/a_b",)}


def test_a_name_of_one_part_is_a_name_and_an_orcid_is_kept():
    paper = paper_of(
        '<author><last>Wren</last></author><author orcid="0000-0002-1825-0097"><first/><last>Mouse</last></author>'
        "<author><first/><last/></author>"
    )
    assert [(a.name, a.orcid) for a in paper.authors] == [
        ("Ada Owl", ""),
        ("Wren", ""),
        ("Mouse", "0000-0002-1825-0097"),
    ]


@pytest.mark.parametrize(
    ("month", "date"),
    [
        ("July", "2020-07"), ("Sept", "2020-09"), ("July 5-10", "2020-07"), ("7", "2020-07"),
        ("July-August", "2020"), ("June/July", "2020"), ("Summer", "2020"), ("13", "2020"), ("5-10", "2020"), ("", "2020"),
    ],
)  # fmt: skip
def test_a_month_counts_only_where_exactly_one_is_named(month, date):
    assert paper_of(meta=META.replace("July", month)).published == date


def test_a_year_that_is_none_is_said_and_kept_as_a_claim():
    batch = read(PAPER.format(more=""), meta=META.replace(">2020<", ">soon<"))
    assert (batch.drafts[0].paper.published, show(batch)) == ("", [("warning", "bad-date", "2020.owl.xml:6")])
    assert batch.drafts[0].paper.sources[0].claims == {"published": "soon"}


@pytest.mark.parametrize(
    ("title", "more", "form"),
    [
        ("Proceedings of the 2nd Conference on Owls", "", "conference"),
        ("Proceedings of the 2nd Conference on Owls: Student Research Workshop", "", "workshop"),
        ("Proceedings of the 1st Workshop on Wrens", "", "workshop"),
        ("Findings of the Owls: 2020", "", None),
        ("Proceedings of WrenEval", "<venue>owl</venue><venue>ws</venue>", "workshop"),
        ("Proceedings of WrenEval", "", None),
    ],
)
def test_what_kind_of_venue_it_is_only_the_volume_says(title, more, form):
    meta = f"<meta><booktitle>{title}</booktitle>{more}<year>2020</year></meta>"
    assert (paper_of(meta=meta).venue, paper_of(meta=meta).venue_type) == (title, form)


def test_a_journal_has_a_volume_and_an_issue():
    meta = """<meta><booktitle>Owl Letters, Volume 8</booktitle><year>2020</year><journal-title>Owl Letters</journal-title>
    <journal-volume>8</journal-volume><journal-issue>2</journal-issue></meta>"""
    paper = paper_of(meta=meta, volume='id="1" type="journal"')
    assert (paper.venue, paper.venue_type, paper.volume, paper.issue) == ("Owl Letters", "journal", "8", "2")


def test_a_volume_that_says_nothing_inherits_nothing_from_the_one_before():
    second = '</volume><volume id="demos">' + PAPER.format(more="")
    first, other = read(PAPER.format(more=""), second).drafts
    assert (first.paper.published, other.paper.published, other.paper.venue) == ("2020-07", "", "")
    assert [d.paper.sources[0].entry for d in (first, other)] == ["2020.owl-main.1", "2020.owl-demos.1"]


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("2020.owl-main.1", {"page": ("https://aclanthology.org/2020.owl-main.1/",), "pdf": ("https://aclanthology.org/2020.owl-main.1.pdf",)}),
        ("W19-8905", {"page": ("https://aclanthology.org/W19-8905/",), "pdf": ("https://aclanthology.org/W19-8905.pdf",)}),
        ("https://owls.example.org/1.pdf", {"pdf": ("https://owls.example.org/1.pdf",)}),
        ("https://owls.example.org/1", {"page": ("https://owls.example.org/1",)}),
        ("", {}),
    ],
)  # fmt: skip
def test_an_anthology_id_has_a_page_and_a_pdf_and_no_url_has_none(url, links):
    assert paper_of(f"<url>{url}</url>").links == links


def test_attachments_are_links_where_they_are_addresses():
    paper = paper_of(
        '<doi>10.1234/OWL.1</doi><attachment type="Software">2020.owl-main.1.Software.zip</attachment>'
        '<attachment type="software">https://owls.example.org/code.zip</attachment>'
        '<attachment type="Dataset">https://owls.example.org/mice.zip</attachment>'
        '<video href="http://films.example.org/1"/><video href="2020.owl-main.1.mp4"/>'
        '<pwccode url="https://github.com/owner/owls" additional="false">owner/owls</pwccode><pwccode url="" additional="true"/>'
    )
    assert paper.links == {
        "code": ("https://owls.example.org/code.zip", "https://github.com/owner/owls"),
        "data": ("https://owls.example.org/mice.zip",),
        "doi": ("10.1234/owl.1",),
        "video": ("http://films.example.org/1",),
    }
    assert paper.extra["attachments"] == "2020.owl-main.1.Software.zip"


@pytest.mark.parametrize(
    ("element", "note"),
    [
        ('<retracted date="2021-08-09">The owls were\n<i>kites</i>.</retracted>', "The owls were kites."),
        ('<retracted date="2021-08-09"/>', "Retracted on 2021-08-09."),
        ("<retracted/>", "Retracted."),
    ],
)
def test_a_retracted_paper_is_withdrawn_and_says_why(element, note):
    assert (paper_of(element).status, paper_of(element).status_note) == ("withdrawn", note)


def test_a_revision_withdraws_nothing_and_is_kept():
    paper = paper_of('<revision id="2" href="2020.owl-main.1v2" date="2020-09-29">Owls recounted.</revision>')
    assert (paper.status, paper.extra["revisions"]) == ("active", "2020-09-29 Owls recounted.")


def test_a_paper_without_a_title_is_a_problem_and_the_others_come_in():
    batch = read('<paper id="1"><title/></paper>\n', PAPER.format(more=""))
    assert (batch.entries, len(batch.drafts)) == (2, 1)
    assert show(batch) == [("error", "missing-field", "2020.owl.xml:6")]


def test_a_volume_of_front_matter_alone_has_no_entries():
    assert (read().entries, show(read())) == (0, [("note", "no-entries", "2020.owl.xml")])


def test_a_file_that_breaks_off_keeps_its_whole_papers_and_counts_the_broken_one():
    text = (
        f'<collection id="2020.owl"><volume id="main">{META}{PAPER.format(more="")}<paper id="2"><title>Wre'
    )
    batch = import_acl_xml([TextFile(name="a.xml", text=text)], "")
    assert (batch.entries, len(batch.drafts)) == (2, 1)
    assert show(batch) == [("error", "bad-xml", "a.xml:6")]


def test_a_document_type_is_refused_whatever_it_declares():
    for declared in ('<!ENTITY o "owl">', '<!ENTITY o SYSTEM "file:///etc/passwd">', ""):
        text = f'<!DOCTYPE collection [{declared}]><collection><volume><paper id="1"><title>&o;</title></paper></volume></collection>'
        batch = import_acl_xml([TextFile(name="a.xml", text=text)], "")
        assert (batch.drafts, show(batch)) == ((), [("error", "bad-xml", "a.xml:1")])


@pytest.fixture(scope="module")
def volume():
    file = CORPORA / "acl-xml" / "2020.acl.xml"
    if not file.exists():
        pytest.skip("the shared corpora are not here")
    return import_acl_xml([TextFile(name=file.name, text=file.read_text(encoding="utf-8"))], "")


def by_key(batch):
    return {draft.paper.sources[0].entry: draft.paper for draft in batch.drafts}


def test_a_whole_volume_comes_in(volume):
    papers = by_key(volume)
    assert (volume.entries, len(papers), volume.problems) == (871, 871, ())
    assert collections.Counter(key.rpartition(".")[0] for key in papers) == {
        "2020.acl-main": 778, "2020.acl-demos": 43, "2020.acl-srw": 42, "2020.acl-tutorials": 8,
    }  # fmt: skip
    assert sum(paper.status == "withdrawn" for paper in papers.values()) == 2
    assert {paper.published for paper in papers.values()} == {"2020-07"}


def test_a_whole_volume_agrees_with_what_others_read_in_it(volume):
    papers = by_key(volume)
    lines = (CORPORA / "acl-anthology-8k.jsonl").read_text(encoding="utf-8").splitlines()
    others = [record for record in map(json.loads, lines) if record["key"] in papers]
    assert len(others) == 871
    for other in others:
        paper = papers[other["key"]]
        assert paper.title == other["title"]
        assert [author.name for author in paper.authors] == other["authors"]
        assert paper.links["doi"] == (other["doi"].lower(),)
        assert paper.venue == other["venue"]


def test_titles_agree_with_those_of_the_conference(volume):
    papers = by_key(volume)
    with (CORPORA / "acl2020" / "main_papers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    differing = [
        row["UID"]
        for row in rows
        if build_fingerprint(papers[f"2020.acl-{row['UID']}"].title) != build_fingerprint(row["title"])
    ]
    # Two papers changed their titles before they were printed, and one writes its exponent as a character of its own.
    assert (len(rows), len(differing)) == (778, 3)
