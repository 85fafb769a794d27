"""EndNote's XML to drafts: styled text, people in their roles, days apart from years, and what has no field."""

from generator.formats.detect import detect_format
from generator.formats.endnote_xml.read import import_endnote_xml
from generator.formats.values import TextFile

STYLE = '<style face="normal" font="default" size="100%">'


def styled(text):
    return f"{STYLE}{text}</style>"


def read(text):
    return import_endnote_xml([TextFile(name="nests.xml", text=text)], "")


def read_one(inner, kind="Journal Article"):
    text = f'<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><database name="nests.enl" path="nests.enl">nests.enl</database><source-app name="EndNote" version="20">EndNote</source-app><rec-number>7</rec-number><foreign-keys><key app="EN" db-id="x">7</key></foreign-keys><ref-type name="{kind}">17</ref-type>{inner}</record></records></xml>'
    assert detect_format("nests.txt", text) == "endnote-xml"
    batch = read(text)
    assert (batch.entries, batch.problems) == (1, ())
    return batch.drafts[0].paper


def test_a_record_becomes_a_draft_with_its_facts():
    paper = read_one(
        f"<contributors><authors><author>{styled('Owl, Jane')}</author><author>{styled('Wren, Bob; Dove, Al')}</author><author>{styled('Nest Team,')}</author></authors>"
        "<secondary-authors><author>Lark, Ann</author></secondary-authors></contributors>"
        f'<auth-address>Nestham</auth-address><titles><title>{styled("Nests of ")}<style face="italic">Strix</style>{styled(" &amp; CO")}<style face="subscript">2</style></title>'
        f"<secondary-title>{styled('Journal of Nests')}</secondary-title><alt-title>J. Nests</alt-title></titles><periodical><full-title>{styled('Journal of Nests')}</full-title></periodical>"
        "<pages>11-19</pages><volume>3</volume><number>2</number><keywords><keyword>nest</keyword><keyword>owl&#xD;mouse</keyword></keywords>"
        "<dates><year>2021</year><pub-dates><date>Mar 5</date></pub-dates></dates><publisher>Nest Press</publisher><isbn>1234-5678</isbn>"
        f"<electronic-resource-num>{styled('10.1000/nest.1')}</electronic-resource-num><abstract>They&#xD;nest.</abstract><notes>Read.</notes>"
        "<urls><related-urls><url>https://nests.example.org/1</url></related-urls><pdf-urls><url>https://nests.example.org/1.pdf</url></pdf-urls></urls><language>en</language>"
    )
    assert (paper.title, paper.abstract) == ("Nests of Strix & CO₂", "They nest.")
    assert [a.name for a in paper.authors] == ["Owl, Jane", "Wren, Bob", "Dove, Al", "Nest Team"]
    assert (paper.editors, paper.published) == (("Lark, Ann",), "2021-03-05")
    assert (paper.venue, paper.venue_type) == ("Journal of Nests", "journal")
    assert (paper.volume, paper.issue, paper.pages, paper.publisher) == ("3", "2", "11-19", "Nest Press")
    assert (paper.language, paper.sources[0].entry) == ("en", "7")
    assert paper.links == {
        "doi": ("10.1000/nest.1",), "page": ("https://nests.example.org/1",), "pdf": ("https://nests.example.org/1.pdf",),
    }  # fmt: skip
    assert paper.groups == {"keywords": ("nest", "owl", "mouse")}
    assert paper.extra == {
        "auth-address": "Nestham", "alt-title": "J. Nests", "issn": "1234-5678", "notes": "Read.",
    }  # fmt: skip


def test_the_people_of_an_edited_book_are_its_editors():
    people = "<contributors><authors><author>Lark, Ann</author></authors></contributors>"
    paper = read_one(
        f"{people}<titles><title>Nests</title></titles><isbn>978-0-306-40615-7</isbn>", "Edited Book"
    )
    assert (paper.authors, paper.editors, paper.isbn) == ((), ("Lark, Ann",), "978-0-306-40615-7")


def test_a_type_without_a_kind_of_venue_is_kept():
    assert read_one("<titles><title>Nests</title></titles>", "Film or Broadcast").extra == {
        "ref-type": "Film or Broadcast"
    }


def test_a_record_without_a_title_and_a_torn_file_are_named():
    batch = read("<xml><records><record><volume>1</volume></record><record><titles>")
    assert [(p.code, p.severity) for p in batch.problems] == [
        ("missing-field", "error"),
        ("bad-xml", "error"),
    ]
    assert (batch.entries, batch.drafts) == (2, ())
