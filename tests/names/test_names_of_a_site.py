"""One name for all spellings as readers meet it: pages, addresses, search, filters, and what exports keep."""

import json

import pytest
import yaml
from search_support import ask
from selectolax.lexbor import LexborHTMLParser

from generator.pages.parts.templates import render_html, render_markdown
from generator.pipeline import build_assets, build_site, load_content, plan_pages
from generator.settings import Settings

ONE, TWO = "0000-0002-1825-0097", "0000-0001-5109-3700"
PAPERS = {
    "owls": {"title": "Owls", "published": "2024", "venue": "NN 2024", "authors": ["Jane Owl", "Wei Wren"]},
    "mice": {"title": "Mice", "published": "2023", "venue": "News of Nests 2024", "authors": ["J. Owl", {"name": "Wei Wren", "orcid": ONE}]},
    "bats": {"title": "Bats", "published": "2024", "venue": "Caves 2024", "authors": ["J. Owl", {"name": "Wei Wren", "orcid": TWO}]},
    "voles": {"title": "Voles", "authors": [{"name": "W. Wren", "orcid": TWO}, "Wei Wren"]},
}  # fmt: skip
NAMES = [
    {"name": "Jane Owl", "kind": "author", "aliases": ["J. Owl", "Janina Eule"]},
    {"name": "Nests", "kind": "venue", "aliases": ["NN", "News of Nests", "Chronicle of Homes"]},
]


@pytest.fixture
def make(tmp_path):
    """Return a function that gives the pages and files of some papers."""

    def build(names=(), ledger=""):
        (tmp_path / "papers").mkdir(exist_ok=True)
        for key, facts in PAPERS.items():
            (tmp_path / "papers" / f"{key}.yml").write_text(yaml.safe_dump(facts))
        (tmp_path / "names.yml").write_text(yaml.safe_dump(names or []))
        (tmp_path / "urls.txt").write_text(ledger)
        assert [p for p in load_content(tmp_path)[2] if p.severity != "note"] == []
        settings = Settings(content=tmp_path, site_url="https://a.example/")
        site, _ = build_site(settings)
        pages = {plan.path: plan for plan in plan_pages(site, settings)}
        return pages, {asset.path: asset.body for asset in build_assets(site, settings)}

    return build


def read(plan):
    return LexborHTMLParser(render_html(plan.make(), pretty=True))


def say(plan, selector):
    return [" ".join(node.text().split()) for node in read(plan).css(selector)]


def lists(pages, kind):
    return {path.removesuffix(".md") for path in pages if path.startswith(kind)} - {f"{kind}/index"}


def test_lists_of_aliases_are_one(make):
    before, _ = make()
    assert lists(before, "authors") == {"authors/j-owl", "authors/w-wren", "authors/wei-wren"}
    assert not lists(before, "venues")
    pages, _ = make(NAMES)
    assert lists(pages, "authors") == {"authors/jane-owl", "authors/w-wren", "authors/wei-wren"}
    assert lists(pages, "venues") == {"venues/nests-2024"}
    assert say(pages["authors/jane-owl.md"], "h1") == ["Jane Owl"]
    (about,) = say(pages["authors/jane-owl.md"], ".ps-near")
    assert about == "Also: J. Owl, Janina Eule By year: 2024 (2), 2023 (1)"
    assert say(pages["venues/nests-2024.md"], ".ps-near") == [
        "Also: NN 2024, News of Nests 2024, Chronicle of Homes 2024"
    ]


def test_the_years_lead_to_the_papers_of_the_year(make):
    pages, _ = make(NAMES)
    links = {a.text(): a.attributes["href"] for a in read(pages["authors/jane-owl.md"]).css(".ps-near a")}
    assert links["2023"] == "../../search/?author=Jane+Owl&year=2023"


def test_people_of_one_name_are_told_apart_in_lists(make):
    pages, _ = make(NAMES)
    assert say(pages["authors/w-wren.md"], "h1") == [f"Wei Wren ({TWO})"]
    assert say(pages["authors/w-wren.md"], ".ps-lead") == [f"2 papers By Wei Wren ({TWO}), newest first."]
    assert "Different people" in say(pages["authors/wei-wren.md"], ".ps-lead")[0]
    near = read(pages["authors/w-wren.md"]).css_first(".ps-near a")
    assert near.attributes["href"] == f"https://orcid.org/{TWO}"
    overview = render_markdown(pages["authors/index.md"].make())
    assert "[Wei Wren](wei-wren.md)" in overview
    links = [(a.text(), a.attributes["href"]) for a in read(pages["papers/voles.md"]).css("li a")]
    assert ("Wei Wren", "../../authors/w-wren/") in links
    assert ("Wei Wren", "../../authors/wei-wren/") in links


def test_pages_and_cards_show_one_name(make):
    pages, _ = make(NAMES)
    assert "Authors Jane Owl, Wei Wren" in say(pages["papers/bats.md"], "li")
    assert "Venue Nests 2024" in say(pages["papers/owls.md"], "li")
    assert "Jane Owl, Wei Wren" in read(pages["authors/jane-owl.md"]).body.text()
    assert "J. Owl," not in read(pages["authors/jane-owl.md"]).css_first("ul").text()


def test_what_others_read_keeps_the_name_of_the_record(make):
    _, files = make(NAMES)
    bibtex = files["data/papers.bib"].decode()
    assert "{J. Owl and Wei Wren}" in bibtex
    assert "News of Nests 2024" in bibtex
    records = [json.loads(line) for line in files["data/papers.jsonl"].decode().splitlines()]
    assert next(r for r in records if r["id"] == "owls")["venue"] == "NN 2024"
    assert {a["name"] if isinstance(a, dict) else a for r in records for a in r["authors"]} == {"Jane Owl", "J. Owl", "Wei Wren", "W. Wren"}  # fmt: skip


def test_addresses_of_aliases_lead_to_the_list(make):
    ledger = "authors/j-owl/\tJ. Owl\nauthors/j-owl/page/2/\tJ. Owl\nvenues/nn-2024/\tNN 2024\nauthors/wei-wren/\tWei Wren\n"
    _, files = make(NAMES, ledger)
    leads = {
        "authors/j-owl/index.html": "authors/jane-owl/",
        "authors/j-owl/page/2/index.html": "authors/jane-owl/",
        "venues/nn-2024/index.html": "venues/nests-2024/",
    }
    for path, there in leads.items():
        assert f"https://a.example/{there}" in files[path].decode(), path
    assert "authors/janina-eule/index.html" not in files, "this was never published"
    assert "authors/wei-wren/index.html" not in files, "this is the list of those of whom nobody knows more"


def test_search_and_filters_find_all_names(make, tmp_path):
    _, files = make(NAMES)
    for path, body in files.items():
        if path.startswith("search/index/"):
            (tmp_path / "index" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "index" / path).write_bytes(body)
    folder = tmp_path / "index" / "search" / "index"

    def find(query="", **options):
        answer = ask(folder, query, **options)
        return sorted(card["id"] for card in answer["cards"]), answer

    assert find("Janina")[0] == find('author:"Jane Owl"')[0] == ["bats", "mice", "owls"]
    assert find('author:"J. Owl"')[0] == ["bats", "mice", "owls"]
    assert find("Chronicle of Homes")[0] == ["mice", "owls"]
    assert set(find("Chronicle of Homes 2024")[0]) >= {"mice", "owls"}
    assert find("chronicle")[0] == [], "these words say what other papers are about"
    assert find("NN")[0] == find("venue:nests")[0] == ["mice", "owls"]
    for name in ("Jane Owl", "j. owl", "Janina Eule"):
        assert find(filters={"author": [name]})[0] == ["bats", "mice", "owls"], name
    for name in ("Nests 2024", "NN 2024", "News of Nests 2024"):
        assert find(filters={"venue": [name]})[0] == ["mice", "owls"], name
    counts = find(facets=True)[1]["counts"]
    assert counts["venue"] == {"Nests 2024": 2, "Caves 2024": 1}
    assert counts["author"] == {"Jane Owl": 3, "Wei Wren": 2, f"Wei Wren ({TWO})": 2}
    assert find("jani")[1]["authors"] == find("eule")[1]["authors"] == [{"name": "Jane Owl", "papers": 3}]
    assert next(card["authors"] for card in find("bats")[1]["cards"]) == ["Jane Owl", "Wei Wren"]


def test_a_change_of_names_renders_the_pages_of_papers_and_lists_again(make):
    before, _ = make()
    after, _ = make(NAMES)
    for path in ("papers/bats.md", "years/2024.md", "authors/w-wren.md"):
        assert before[path].depends != after[path].depends, path
