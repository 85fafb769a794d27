"""Tables of papers to drafts: columns, names, dates, links, and rows that cannot be used."""

import csv
import io

import pytest
from support import SHARED

from generator.exports.texts import EXPORTS
from generator.formats.csv.authors import split_authors
from generator.formats.csv.read import import_csv
from generator.formats.values import TextFile
from generator.model import Author, Paper, Pin
from generator.text.dates import parse_date

ACL = SHARED / "corpora" / "acl2020" / "main_papers.csv"


def read(text, **options):
    return import_csv([TextFile(name="birds.csv", text=text)], "", **options)


def paper(text, **options):
    (draft,) = read(text, **options).drafts
    return draft.paper


def codes(batch):
    return [(p.code, p.place.line) for p in batch.problems]


def test_columns_go_by_their_headers_in_any_case():
    text = (
        "UID,Title,Authors,Abstract,keywords,track,pdf_url,demo_url\n"
        "main.7,Owls  at Night,Jane Owl|Bob Wren,They hunt.,dark|mice,Birds,https://example.org/o.pdf,https://owls.example.org/\n"
    )
    found = paper(text)
    assert (found.title, found.abstract) == ("Owls at Night", "They hunt.")
    assert [a.name for a in found.authors] == ["Jane Owl", "Bob Wren"]
    assert found.extra == {"keywords": "dark|mice", "track": "Birds"}
    assert found.links == {"pdf": ("https://example.org/o.pdf",), "demo": ("https://owls.example.org/",)}
    assert (found.sources[0].name, found.sources[0].entry) == ("birds", "main.7")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_separate(sign):
    found = paper(f"name{sign}journal{sign}year\nOwls{sign}Birds{sign}2024\n")
    assert (found.title, found.venue, found.published) == ("Owls", "Birds", "2024")


def test_a_mapping_names_columns_and_unknown_ones_are_kept():
    found = paper("Titel,Jahr,Farbe\nEulen,2024,grau\n", columns={"titel": "title", "Jahr": "published"})
    assert (found.title, found.published, found.extra) == ("Eulen", "2024", {"Farbe": "grau"})


def test_a_mapping_to_nothing_is_said():
    batch = read("title\nOwls\n", columns={"Jahr": "published", "title": "headline"})
    assert sorted(p.severity for p in batch.problems) == ["error", "warning"]
    assert {p.code for p in batch.problems} == {"unknown-field"}


def test_rows_that_cannot_be_used_are_named_by_their_first_line():
    text = 'title,abstract\n"Owls","two\nlines"\nWrens,too,many\n,no title\nMice,ok\n'
    batch = read(text)
    assert codes(batch) == [("wrong-cells", 4), ("missing-field", 5)]
    assert [d.place.line for d in batch.drafts] == [2, 6]
    assert batch.entries == 4


def test_a_quotation_mark_that_is_never_closed_is_said():
    batch = read('title,abstract\nOwls,fine\nWrens,"open\nMice,lost\n')
    assert codes(batch) == [("cut-off", 3)]
    assert batch.entries == 2


def test_a_table_without_titles_gives_no_drafts_and_says_so():
    batch = read("colour,size\ngrey,small\n")
    assert (batch.drafts, batch.entries, codes(batch)) == ((), 1, [("missing-field", 1)])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Jane Owl|Bob Wren", ("Jane Owl", "Bob Wren")),
        ("Owl, Jane; Wren, Bob", ("Owl, Jane", "Wren, Bob")),
        ("Owl, Jane\nWren, Bob", ("Owl, Jane", "Wren, Bob")),
        ("Owl, Jane and Wren, Bob", ("Owl, Jane", "Wren, Bob")),
        ("Jane Owl, Bob Wren, and Ann Mouse", ("Jane Owl", "Bob Wren", "Ann Mouse")),
        ("Jane Owl, Bob Wren", ("Jane Owl", "Bob Wren")),
        ("Owl, Jane", ("Owl, Jane",)),
        ("van der Owl, Jane Ann", ("van der Owl, Jane Ann",)),
        ("Jane Owl, Jr.", ("Jane Owl Jr.",)),
        ("Plato", ("Plato",)),
        ("Owl, Jane, Wren, Bob", None),
        ("Jane Owl, Plato, Bob Wren", None),
        ("Jane Owl et al.", None),
    ],
)
def test_names_are_split_only_where_it_is_clear(cell, names):
    assert split_authors(cell, family_first=False) == names


def test_two_words_on_both_sides_of_a_comma_are_unclear_beside_a_family_name_first():
    batch = read('title,authors\nOwls,"Owl, Jane"\nWrens,"Garcia Wren, Bob Lee"\n')
    assert codes(batch) == [("unclear-authors", 3)]
    assert batch.drafts[1].paper.authors == ()
    assert batch.drafts[1].paper.extra == {"authors": "Garcia Wren, Bob Lee"}


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2024", "2024"), ("2024.0", "2024"), ("2024-05", "2024-05"), ("2024/5/3", "2024-05-03"), ("5 Jun 2024", "2024-06-05"),
        ("June 5, 2024", "2024-06-05"), ("Sept. 2024", "2024-09"), ("05/2024", "2024-05"), ("2024-05-03T10:00:00Z", "2024-05-03"),
        ("03/04/2024", ""), ("2024-02-30", ""), ("2024-13", ""), ("Marmot 2024", ""), ("soon", ""),
    ],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_written(said, date):
    assert parse_date(said) == date


def test_the_more_precise_date_counts_and_others_are_kept_as_claims():
    found = paper("title,year,date\nOwls,2023,2024-05-01\n")
    assert (found.published, found.sources[0].claims) == ("2024-05-01", {"published": "2023"})


def test_a_date_that_is_none_stays_unknown_and_is_kept():
    batch = read("title,year\nOwls,last spring\n")
    assert codes(batch) == [("bad-date", 2)]
    assert batch.drafts[0].paper.sources[0].claims == {"published": "last spring"}


def test_links_are_typed_by_column_and_address():
    text = (
        "title,url,doi,github,pdf,data\n"
        "Owls,https://journal.example.org/owls,https://doi.org/10.1000/OWL;1,https://github.com/owls/net.git,"
        "https://arxiv.org/pdf/2401.00001v2,-\n"
    )
    assert paper(text).links == {
        "page": ("https://journal.example.org/owls",),
        "doi": ("10.1000/owl;1",),
        "code": ("https://github.com/owls/net",),
        "arxiv": ("2401.00001",),
    }


def test_what_is_no_link_is_said_and_kept():
    batch = read("title,code\nOwls,on request\n")
    assert codes(batch) == [("bad-link", 2)]
    assert batch.drafts[0].paper.extra == {"code": "on request"}


def test_our_own_export_comes_back_as_it_was():
    owls = Paper(
        id="owls", title="=Owls and -Mice", authors=(Author(name="Owl, Jane"), Author(name="Bob | Wren")), published="2024-05",
        venue="Birds, Beasts; and Mice", kind="survey", status="withdrawn", topics=(Pin(id="night"), Pin(id="birds")), summary="+1 for the owls'-eye; +2 for “owls”; '=3.",
        links={"doi": ("10.1000/a;b",), "arxiv": ("2401.00001", "2401.00002"), "code": ("https://github.com/owls/net",),
               "data": ("https://example.org/d",), "model": ("https://example.org/m",)},
    )  # fmt: skip
    wrens = Paper(
        id="wrens", title="Wrens", author_count=6, links={"page": ("https://wrens.example.org/paper",)}
    )
    batch = read(EXPORTS["csv"].render_list([owls, wrens]))
    assert not batch.problems
    assert [d.paper.id for d in batch.drafts] == ["owls", "wrens"]
    assert EXPORTS["csv"].render_list([d.paper for d in batch.drafts]) == EXPORTS["csv"].render_list(
        [owls, wrens]
    )
    for before, draft in zip((owls, wrens), batch.drafts, strict=True):
        fields = (
            "title",
            "authors",
            "author_count",
            "published",
            "venue",
            "kind",
            "status",
            "topics",
            "summary",
            "links",
        )
        assert [getattr(draft.paper, f) for f in fields] == [getattr(before, f) for f in fields]


def test_files_with_one_stem_are_told_apart():
    files = [TextFile(name=name, text="title\nOwls\n") for name in ("a/birds.csv", "b/birds.csv", "mice.csv")]
    assert [d.paper.sources[0].name for d in import_csv(files, "").drafts] == [
        "a/birds.csv",
        "b/birds.csv",
        "mice",
    ]


@pytest.mark.skipif(not ACL.parent.exists(), reason="../shared/corpora is not there")
def test_every_row_of_a_real_table_comes_in_whole():
    text = ACL.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    batch = import_csv([TextFile(name=ACL.name, text=text)], "")
    assert (batch.entries, len(batch.drafts), batch.problems) == (778, 778, ())
    for row, draft in zip(rows, batch.drafts, strict=True):
        assert draft.paper.sources[0].entry == row["UID"]
        assert [a.name for a in draft.paper.authors] == [n.strip() for n in row["authors"].split("|")]
        assert draft.paper.extra == {k: row[k].strip() for k in ("keywords", "track", "paper_type") if row[k]}
        assert draft.paper.links == {"pdf": (row["pdf_url"],)}
