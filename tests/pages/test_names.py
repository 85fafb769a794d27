"""Lists of picks, of venues and of authors' names: who has one, what is one name, and how papers lead there."""

import re
from urllib.parse import unquote

import markdown
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import group_by_name
from generator.directory import Name
from generator.pages.parts import sizes
from generator.pages.parts.templates import render_html, render_markdown
from generator.pipeline import build_site, plan_pages
from generator.problems import errors_of
from generator.search.facets import FACETS
from generator.settings import Settings
from generator.text.slugs import slug_name

PAPERS = {
    "owls": {"title": "Owls", "published": "2024", "venue": "Birds & Co. 2024", "authors": ["Möwe, Jane", "Ann Owl", "团队"]},
    "mice": {"title": "Mice", "published": "2023", "venue": "Birds & Co. 2024", "authors": ["Jane Mowe", "Bo Wren", "团队"]},
    "wrens": {"title": "Wrens", "published": "2022", "venue": "Nests", "authors": ["Jane Möwe", "<b>x</b>", "图队"]},
    "voles": {"title": "Voles", "authors": ["<b>x</b>", "Index", "Index"]},
}  # fmt: skip


@pytest.fixture
def plans(tmp_path):
    """Return a function that gives the plans of some papers by path, each without what is not shown of it."""

    def make(papers=PAPERS, **choices):
        (tmp_path / "papers").mkdir(exist_ok=True)
        for key, facts in papers.items():
            (tmp_path / "papers" / f"{key}.yml").write_text(yaml.safe_dump(facts, allow_unicode=True))
        settings = Settings(content=tmp_path, **choices)
        site, problems = build_site(settings)
        assert not errors_of(problems)
        return {plan.path: plan for plan in plan_pages(site, settings)}

    return make


def links(plan):
    """Return the links of a page: where they lead, by what they say."""
    tree = LexborHTMLParser(render_html(plan.make(), pretty=True))
    return {" ".join(a.text().split()): a.attributes["href"] for a in tree.css("a")}


def test_names_of_two_papers_have_a_list_and_others_none(plans):
    pages = plans()
    assert {path for path in pages if path.startswith(("venues/", "authors/"))} == {
        "venues/index.md",
        "venues/birds-co-2024.md",
        "authors/index.md",
        "authors/jane-mowe.md",
        f"authors/{slug_name('团队')}.md",
        "authors/b-x-b.md",
    }
    expected = ["2024", "2023", "2022", "团队", "Filter and sort these papers", "Owls", "Mice", "Wrens"]
    assert list(links(pages["authors/jane-mowe.md"]))[:8] == expected
    assert links(pages["venues/birds-co-2024.md"]).keys() >= {"Owls", "Mice", "Filter and sort these papers"}
    overview = render_markdown(pages["authors/index.md"].make())
    assert overview.index("[Jane Möwe](jane-mowe.md)") < overview.index("b-x-b.md")
    assert "<b>x" not in overview


def test_a_paper_leads_to_the_lists_of_its_names(plans):
    pages = plans()
    assert links(pages["papers/owls.md"]).items() >= {
        ("Jane Möwe", "../../authors/jane-mowe/"),
        ("Birds & Co. 2024", "../../venues/birds-co-2024/"),
        ("团队", f"../../authors/{slug_name('团队')}/"),
    }
    assert links(pages["papers/wrens.md"]).keys().isdisjoint({"Nests", "图队"})
    before = pages["papers/wrens.md"].depends
    assert plans(PAPERS | {"new": {"title": "New", "venue": "Nests"}})["papers/wrens.md"].depends != before


def test_picks_have_a_list_with_the_reasons(plans):
    papers = {f"p{n}": {"title": f"P {n}", "featured": True, "note": f"Reason *{n}*."} for n in range(8)}
    pages = plans(papers | {"other": {"title": "Other"}}, per_page=5)
    said = render_html(pages["picks.md"].make(), pretty=True)
    assert "<b>8 papers</b>" in said
    assert "Reason *0*." in said
    assert "Other" not in said
    assert "picks/page/2.md" in pages
    assert "[All 8 picks](picks.md)" in render_markdown(pages["index.md"].make())


def test_a_site_without_picks_has_no_list_of_them(plans):
    pages = plans({f"p{n}": {"title": f"P {n}"} for n in range(2)})
    assert "picks.md" not in pages
    assert "picks" not in render_markdown(pages["index.md"].make())


def test_a_site_without_names_has_no_such_pages(plans):
    pages = plans({"owls": {"title": "Owls", "venue": "Birds", "authors": ["Ann Owl"]}})
    assert not [path for path in pages if path.startswith(("venues/", "authors/"))]


def test_a_venue_of_several_spellings_has_the_filter_of_the_one_that_is_shown(plans, tmp_path):
    papers = {name: {"title": name, "venue": venue} for name, venue in (("a", "ACL 2024"), ("b", "acl-2024"))}
    assert links(plans(papers)["venues/acl-2024.md"])["Filter and sort these papers"].endswith(
        "?venue=ACL+2024"
    )
    site, _ = build_site(Settings(content=tmp_path))
    (facet,) = [facet for facet in FACETS if facet.id == "venue"]
    assert facet.find(site) == {"a": ["ACL 2024"], "b": ["ACL 2024"]}


def test_an_author_has_co_authors(plans):
    many = [f"Wren {n}" for n in range(100)]
    papers = {
        "a": {"title": "A", "authors": ["Jane Möwe", "Bo Owl", "<b>Vole</b>", "Ann Wren"]},
        "b": {"title": "B", "authors": ["Jane Mowe", "Bo Owl", "<b>Vole</b>"]},
        "c": {"title": "C", "authors": ["Bo Owl", "<b>Vole</b>", "Jane Möwe"]},
        "d": {"title": "D", "authors": ["Bo Owl", "Jane Möwe", "Ann Wren"]},
        "e": {"title": "E", "authors": ["Bo Owl", "Jane Möwe", *many]},
        "f": {"title": "F", "authors": ["Bo Owl", *many]},
    }
    page = plans(papers, per_page=2)
    html = render_html(page["authors/jane-mowe.md"].make(), pretty=True)
    said = LexborHTMLParser(html).css_first(".ps-near").text()
    assert said == "Often with: Bo Owl (4), <b>Vole</b> (3), Ann Wren (2)"
    assert links(page["authors/jane-mowe.md"])["Bo Owl"] == "../bo-owl/"
    assert "ps-near" not in render_html(page["authors/jane-mowe/page/2.md"].make(), pretty=True)
    assert "Often with" not in render_html(plans()["authors/b-x-b.md"].make(), pretty=True)


def test_mkdocs_finds_the_pages_of_names_with_ordinals(plans):
    name = "The 1st, 2nd, 3rd and 57th Owls"
    pages = plans({key: {"title": key, "venue": name, "authors": [name]} for key in ("a", "b")})
    for kind in ("venues", "authors"):
        html = markdown.markdown(render_markdown(pages[f"{kind}/index.md"].make()))
        (link,) = re.findall(r'href="([^"]*)"', html)  # as it stands: MkDocs reads no references
        assert f"{kind}/{unquote(link)}" in pages


def test_long_lists_have_pages(plans):
    papers = {f"p{n}": {"title": f"P {n}", "venue": "Birds"} for n in range(5)}
    pages = plans(papers, per_page=2)
    assert {"venues/birds.md", "venues/birds/page/2.md", "venues/birds/page/3.md"} <= pages.keys()
    assert pages["venues/birds/page/2.md"].title == "Birds, page 2"


def test_lists_of_a_very_large_shelf_end_where_the_search_goes_on(plans, tmp_path, monkeypatch):
    (tmp_path / "topics.yml").write_text("- {id: owls, name: Owls, rules: [owls]}\n")
    facts = {"venue": "Birds", "published": "2024", "authors": ["Jane"]}
    papers = {f"p{n}": {"title": f"Owls {n}", **facts} for n in range(5)}
    whole = plans(papers, per_page=2)
    monkeypatch.setattr(sizes, "VERY_LARGE", 4)
    monkeypatch.setattr(sizes, "MOST_IN_LIST", 3)
    pages = plans(papers, per_page=2)
    lists = {
        "papers": "",
        "topics/owls": "?topic=owls",
        "venues/birds": "?venue=Birds",
        "authors/jane": "?author=Jane",
    }
    assert whole.keys() - pages.keys() == {f"{path}/page/3.md" for path in lists}
    for path, search in lists.items():
        last = pages[f"{path}/page/2.md"]
        assert "This list ends here, with the 3 newest of 5 papers." in render_html(last.make(), pretty=True)
        assert links(last)["Search all of them"].endswith(f"/search/{search}")
        assert "Search all of them" not in links(whole[last.path])
    assert "Search all of them" not in links(pages["years/2024/page/3.md"])


def test_the_largest_have_a_list_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr("generator.catalogue.MOST_NAMES", 2)
    pairs = [
        (Name(name=name, slug=name), str(n))
        for name, papers in (("a", 2), ("b", 3), ("c", 2))
        for n in range(papers)
    ]
    assert list(group_by_name(pairs)) == ["b", "a"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ACL 2024", "acl-2024", True),
        ("Jane Möwe", "Jane Mowe", True),
        ("张伟", "章威", False),
        ("Иван", "Ivan", False),
        ("a" * 70, "a" * 71, False),
        ("", "?!", False),
    ],
)
def test_names_that_differ_only_in_accents_and_marks_are_one(one, other, same):
    assert (slug_name(one) == slug_name(other)) == same


@pytest.mark.parametrize("name", ["", "Index", "page", "con", "COM1", "\ud800", "../../x", "x" * 500, "<b>"])
def test_a_slug_is_a_name_of_a_file(name):
    slug = slug_name(name)
    assert slug.replace("-", "").isalnum()
    assert slug.isascii()
    assert slug not in {"index", "page", "con", "com1"}
    assert len(slug) <= 70
