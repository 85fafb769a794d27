"""Reading lists to drafts: which items are papers, and what each says of its paper."""

import pytest
from support import SHARED

from generator.formats.readme.read import import_readme
from generator.formats.readme.venues import parse_venue
from generator.formats.values import TextFile

LISTS = SHARED / "corpora" / "awesome"
HEAD = "# Awesome Owls\n\n## Flight\n\n"


def read(text):
    return import_readme([TextFile(name="owls.md", text=text)], "")


def facts(line):
    (draft,) = read(HEAD + line + "\n").drafts
    paper = draft.paper
    assert draft.place.line == 5
    return (
        paper.title,
        paper.venue,
        paper.published,
        ", ".join(a.name for a in paper.authors),
        dict(paper.links),
    )


ARXIV = {"arxiv": ("2401.00001",)}
TWO = "Jane Owl, Bob Wren"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "- [Silent Wings](https://arxiv.org/abs/2401.00001) - Jane Owl, Bob Wren, NeurIPS 2023 [[code]](https://github.com/owls/w)",
            ("Silent Wings", "NeurIPS", "2023", TWO, ARXIV | {"code": ("https://github.com/owls/w",)}),
        ),
        (
            "* **Night Vision**, Jane Owl and Bob Wren. *ICLR 2024*. [[paper](https://openreview.net/forum?id=abcdefgh12&noteId=x)] [[project page](https://owls.example.org/)]",
            ("Night Vision", "ICLR", "2024", TWO, {"openreview": ("abcdefgh12",), "project": ("https://owls.example.org/",)}),
        ),
        (
            "- Mice on the Run. Jane Owl, Bob Wren. CVPR 2022. [[Paper](https://arxiv.org/abs/2401.00001)]",
            ("Mice on the Run", "CVPR", "2022", TWO, ARXIV),
        ),
        ("- [2024/05] **Owls Hear Everything** [[paper](https://arxiv.org/abs/2401.00001)]", ("Owls Hear Everything", "", "2024-05", "", ARXIV)),
        (
            "- (CVPR'24) Wrens Sing at Dawn [[Paper](https://arxiv.org/abs/2401.00001)] [[Dataset](https://example.org/w.zip)]",
            ("Wrens Sing at Dawn", "CVPR", "2024", "", ARXIV | {"data": ("https://example.org/w.zip",)}),
        ),
        ("- **[Talons: A Study](https://doi.org/10.1000/Owl.1)** (ACL 2021)", ("Talons: A Study", "ACL", "2021", "", {"doi": ("10.1000/owl.1",)})),
        (
            '- **OWLNet**: "Finding Owls with Nets", ICCV, 2020 (*Owl Labs*). [[Paper](https://arxiv.org/abs/2401.00001)]',
            ("Finding Owls with Nets", "ICCV", "2020", "", ARXIV),
        ),
        ("- **ICLR 2024** [Feathers Are Enough](https://arxiv.org/abs/2401.00001)", ("Feathers Are Enough", "ICLR", "2024", "", ARXIV)),
        (
            "- **Owlets Grow Up.** <br> *Jane Owl, Bob Wren.* <br> ICLR 2023. [[paper](https://arxiv.org/pdf/2401.00001.pdf)]",
            ("Owlets Grow Up", "ICLR", "2023", TWO, ARXIV),
        ),
        ("- [05 Jun 2024] [Pellets](https://arxiv.org/abs/2401.00001)", ("Pellets", "", "2024-06-05", "", ARXIV)),
        ("- [Pellets](https://arxiv.org/abs/2401.00001)", ("Pellets", "", "", "", ARXIV)),
        ("[Pellets](https://dl.acm.org/doi/10.1145/1.2), 2019", ("Pellets", "", "2019", "", {"doi": ("10.1145/1.2",)})),
        (
            "- **Hoots**\n  - [Paper](https://arxiv.org/abs/2401.00001)\n  - Code: https://github.com/owls/hoots",
            ("Hoots", "", "", "", ARXIV | {"code": ("https://github.com/owls/hoots",)}),
        ),
        (
            "- `EMNLP 2023` [Owl Speech](https://aclanthology.org/2023.x/) [![](https://img.shields.io/badge/Project-Page-green)](https://s.example.org)",
            ("Owl Speech", "EMNLP", "2023", "", {"page": ("https://aclanthology.org/2023.x/",), "project": ("https://s.example.org",)}),
        ),
    ],
)  # fmt: skip
def test_the_ways_in_which_lists_are_written(line, expected):
    assert facts(line) == expected


def test_another_papers_identifier_is_a_page():
    line = "- [Pellets](https://arxiv.org/abs/2401.00001), after [Silent Wings](https://arxiv.org/abs/2401.00002)"
    assert facts(line)[-1] == ARXIV | {"page": ("https://arxiv.org/abs/2401.00002",)}


def test_a_list_of_authors_that_is_cut_says_so():
    (draft,) = read("- [Pellets](https://arxiv.org/abs/2401.00001), Jane Owl et al., 2019").drafts
    assert [a.name for a in draft.paper.authors] == ["Jane Owl"]
    assert (draft.paper.published, draft.paper.extra) == ("2019", {"others": "authors"})


def test_a_table_is_read_by_its_headers():
    text = (
        "| Date | Venue | Title | Authors | Links | Colour |\n|--|--|--|--|--|--|\n"
        "| 2022-05 | ICML 2023 Oral | ✨ [Tag] [A Wren's Tale](https://arxiv.org/abs/2401.00001) (Tale) | Ann Wren, Jane Owl | [Code](https://github.com/w/t) | grey |\n"
        "| - | - | Mice | - | [PDF](https://example.org/mice.pdf) | - |\n"
    )
    tale, mice = (d.paper for d in read(text).drafts)
    assert (tale.title, tale.venue, tale.published) == ("A Wren's Tale", "ICML", "2022-05")
    assert tale.sources[0].claims == {"venue": "ICML 2023 Oral"}
    assert [a.name for a in tale.authors] == ["Ann Wren", "Jane Owl"]
    assert tale.links == ARXIV | {"code": ("https://github.com/w/t",)}
    assert tale.extra == {"colour": "grey", "remark": "(Tag); (Tale)"}
    assert (mice.title, mice.links, mice.published) == (
        "Mice",
        {"pdf": ("https://example.org/mice.pdf",)},
        "",
    )


def test_cells_that_markdown_drops_are_said():
    batch = read(
        "| Title | Date |\n|--|--|\n| [Pellets](https://arxiv.org/abs/2401.00001) | 2024 | [code](https://github.com/o/p) |\n"
    )
    assert [(p.code, p.severity, p.place.line) for p in batch.problems] == [("wrong-cells", "warning", 3)]
    assert len(batch.drafts) == 1


def test_items_that_name_no_paper_are_counted_and_said():
    text = (
        "# Owls\n\n## Contents\n- [Flight](#flight)\n\n## News\n- We release [a survey](https://arxiv.org/abs/2401.00009)\n\n"
        "## Flight\n- Owls are birds.\n- [Owl site](https://owl.example.org)\n- Groups\n  - [Pellets](https://arxiv.org/abs/2401.00001), arXiv 2024\n\n"
        "## Workshops\n- [Owls and Mice](https://om.example.org), ICML 2020\n"
    )
    batch = read(text)
    assert [(d.paper.title, d.place.line) for d in batch.drafts] == [("Pellets", 13)]
    assert batch.entries == 1
    (left,) = batch.problems
    assert (left.code, left.severity, left.message) == (
        "left-out", "note", "6 items name no paper and are left out: lines 4, 7, 10, 11, 12, 16",
    )  # fmt: skip


def test_a_paper_without_a_title_is_a_problem():
    batch = read(HEAD + "- [[Paper](https://arxiv.org/abs/2401.00001)]\n")
    assert (batch.entries, batch.drafts) == (1, ())
    assert [(p.code, p.place.line) for p in batch.problems] == [("missing-field", 5)]


def test_headings_are_a_hint_at_the_topic():
    text = "# Owls\n\n## Birds\n\n### Night `birds`\n\n- [Pellets](https://arxiv.org/abs/2401.00001)\n\n# Mice\n\n- [Runs](https://arxiv.org/abs/2401.00002)\n"
    assert [d.paper.extra["section"] for d in read(text).drafts] == ["Birds > Night birds", "Mice"]


@pytest.mark.parametrize(
    ("said", "venue"),
    [
        ("NeurIPS 2023", ("NeurIPS", "2023", None)),
        ("CVPR'24", ("CVPR", "2024", None)),
        ("ICML '98", ("ICML", "1998", None)),
        ("In Proceedings of Owls, 2020", ("Proceedings of Owls", "2020", None)),
        ("arxiv 2021", ("arXiv", "2021", "preprint")),
        ("EMNLP 2023 (Findings)", ("EMNLP Findings", "2023", None)),
        ("ICLR 2024 Spotlight, top 5%", ("ICLR", "2024", None)),
        ("NIPS 2018 Owl Workshop", ("NIPS Owl Workshop", "2018", "workshop")),
        ("May 2024", None),
        ("Updated 2024", None),
        ("2024", None),
        ("owls in 2024", None),
        ("ICML 2020, CVPR 2021", None),
    ],
)
def test_a_venue_is_a_name_with_a_year(said, venue):
    found = parse_venue(said)
    assert (found and (found.name, found.year, found.type)) == venue


@pytest.mark.skipif(not LISTS.exists(), reason="../shared/corpora is not there")
@pytest.mark.parametrize(
    ("file", "entries", "identified"),
    [("awesome-multimodal-ml.README.md", 416, 300), ("Awesome-Multimodal-Papers.README.md", 394, 360)],
)
def test_real_lists_come_in(file, entries, identified):
    text = (LISTS / file).read_text(encoding="utf-8")
    batch = import_readme([TextFile(name=file, text=text)], "")
    assert batch.entries == len(batch.drafts) == entries
    named = [d for d in batch.drafts if d.paper.links.keys() & {"arxiv", "doi", "openreview"}]
    assert len(named) >= identified
    lines = text.split("\n")
    assert all(d.paper.title.split()[0] in lines[d.place.line - 1] for d in batch.drafts)


def test_columns_of_names_and_dates_are_read_as_in_other_tables():
    text = (
        "| Title | Authors | Year |\n|---|---|---|\n| [Owls](https://a.example/1) | ['Jane Owl', 'Bob Wren'] | Spring 2020 |\n"
        "| [Wrens](https://a.example/2) | 山田太郎、鈴木花子 | 2021-05 |\n"
    )
    owls, wrens = (draft.paper for draft in read(text).drafts)
    assert ([a.name for a in owls.authors], owls.published) == (["Jane Owl", "Bob Wren"], "2020")
    assert owls.sources[0].claims == {"published": "Spring 2020"}
    assert ([a.name for a in wrens.authors], wrens.published) == (["山田太郎", "鈴木花子"], "2021-05")
