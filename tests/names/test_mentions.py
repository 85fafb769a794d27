"""Models, data sets and benchmarks: where their names are found, which have a list, and how papers lead there."""

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator.editorial import NameEntry
from generator.names.mentions import Finder
from generator.pages.parts.templates import render_html, render_markdown
from generator.pipeline import build_assets, build_site, load_content, plan_pages
from generator.problems import Place
from generator.settings import Settings

ENTRIES = [
    NameEntry(name=name, kind=kind, aliases=aliases, place=Place(file="names.yml", line=1))
    for name, kind, aliases in (
        ("OWL", "model", ("OWL-2", "OWL v2", "Owl")),
        ("Nest-4", "model", ()),
        ("Nest-4V", "model", ("Nest-4V(ision)",)),
        ("REF", "benchmark", ("REF+",)),
        ("Jane Owl", "author", ("JaneOwl",)),
    )
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("OWL and OWL's heirs, (OWL), “OWL”: OWL.", ["OWL"] * 5),
        ("OWL-style, non-OWL, pre-OWL, OWL-based.", ["OWL"] * 4),
        ("OWL-2 and OWL v2 are versions", ["OWL", "OWL"]),
        ("FG-OWL, Mini-OWL, OWL-3, OWL-Bench, OWL-ov, OWL-v3, OWLs, XOWL, OWL2, owl, OWL_2", []),
        ("OWL‑Bench, OWL–Bench and FG‐OWL with other hyphens", []),
        ("Nest-4V beats Nest-4, not Nest-4.5, Nest-4-level", ["Nest-4V", "Nest-4", "Nest-4"]),
        ("Nest-4V(ision) is one name. Nest-4.", ["Nest-4V", "Nest-4"]),
        ("REF+ and REF, not REF++", ["REF", "REF"]),
        ("JaneOwl is an author", []),
        ("OWL- and OWL -like", ["OWL", "OWL"]),
    ],
)
def test_a_name_is_found_as_a_whole_and_as_it_is_written(text, found):
    assert [mention.entry.name for mention in Finder(ENTRIES).find(text)] == found


def test_the_places_are_those_of_the_text():
    text = "An OWL-2 flies."
    (mention,) = Finder(ENTRIES).find(text)
    assert text[mention.start : mention.end] == "OWL-2"
    assert list(Finder([]).find(text)) == []


PAPERS = {
    "one": {"title": "OWL: A Model", "published": "2022"},
    "two": {"title": "Two", "summary": "We tune Owl.", "published": "2024"},
    "three": {"title": "Three", "abstract": "OWL-2 is small. So is OWL.", "published": "2024-05"},
    "four": {"title": "OWL at Night"},
    "five": {"title": "On REF", "summary": "And on REF+.", "published": "2023"},
    "six": {"title": "REF Again", "published": "2023"},
}
NAMES = [
    {"name": "OWL", "kind": "model", "aliases": ["Owl", "OWL-2"], "paper": "one"},
    {"name": "REF", "kind": "benchmark", "aliases": ["REF+"]},
]


@pytest.fixture
def content(tmp_path):
    (tmp_path / "papers").mkdir()
    for key, facts in PAPERS.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(yaml.safe_dump(facts))
    (tmp_path / "names.yml").write_text(yaml.safe_dump(NAMES))
    (tmp_path / "urls.txt").write_text(
        "resources/owl-2/\tOWL-2\nresources/gone/\tGone\nresources/owl/page/7/\tOWL\n"
    )
    return tmp_path


def build(content):
    settings = Settings(content=content, site_url="https://a.example/")
    site, problems = build_site(settings)
    assert not problems
    pages = {plan.path: plan for plan in plan_pages(site, settings)}
    return pages, {asset.path: asset.body for asset in build_assets(site, settings)}


def read(plan):
    return LexborHTMLParser(render_html(plan.make(), pretty=True))


def test_a_name_of_three_papers_has_a_list_without_the_paper_that_introduces_it(content):
    pages, _ = build(content)
    assert [path for path in pages if path.startswith("resources/")] == [
        "resources/index.md",
        "resources/owl.md",
    ]
    page = read(pages["resources/owl.md"])
    assert page.css_first(".ps-lead").text() == "3 papers Model. The papers that name OWL, newest first."
    assert " ".join(page.css_first(".ps-near").text().split()) == (
        "Also: Owl, OWL-2 Introduced by: OWL: A Model By year: 2024 (2)"
    )
    assert [a.text() for a in page.css("ul a")] == ["Three", "Two", "OWL at Night"]
    overview = render_markdown(pages["resources/index.md"].make())
    assert '[OWL](owl.md) <small class="ps-count">Model, 3 papers</small>' in overview
    assert "REF" not in overview


def test_a_paper_leads_to_the_lists_of_what_it_names(content):
    pages, _ = build(content)
    links = {a.text(): a.attributes["href"] for a in read(pages["papers/two.md"]).css("li a")}
    assert links["OWL"] == "../../resources/owl/"
    assert "Models and data" not in read(pages["papers/five.md"]).body.text()
    before = pages["papers/two.md"].depends
    (content / "names.yml").write_text(yaml.safe_dump(NAMES[1:]))
    pages, _ = build(content)
    assert "resources/owl.md" not in pages
    assert pages["papers/two.md"].depends != before


def test_addresses_of_lists_stay(content):
    _, files = build(content)
    leads = {"owl-2": "owl/", "owl/page/7": "owl/", "gone": ""}
    for former, there in leads.items():
        assert f"https://a.example/resources/{there}" in files[f"resources/{former}/index.html"].decode()


@pytest.mark.parametrize(
    ("entry", "code", "said"),
    [
        ("{name: owl, kind: model}", "bad-field", "'owl' may be an ordinary word"),
        ("{name: OWL, kind: model, aliases: [night]}", "bad-field", "'night' may be an ordinary word"),
        (
            "{name: OWL, kind: model, orcid: 0000-0002-1825-0097}",
            "bad-field",
            "orcid is no field of the kind model",
        ),
        ("{name: OWL, kind: model, paper: ten}", "unknown-paper", "'ten', which is not on the shelf"),
        ("{name: Jane Owl, kind: author, paper: one}", "bad-field", "paper is no field of the kind author"),
        ("{name: OWL, kind: model}\n- {name: Owl, kind: benchmark}", "duplicate-name", "the same address"),
    ],
)
def test_what_is_wrong_with_such_a_name_is_reported(content, entry, code, said):
    (content / "names.yml").write_text(f"- {entry}\n")
    problems = [p for p in load_content(content)[2] if p.severity != "note"]
    assert problems[0].code == code
    assert said in problems[0].message
