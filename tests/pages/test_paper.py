"""A paper's page: every fact on a line of its own, whatever is known."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hostile import STRINGS
from markdown_it import MarkdownIt
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser
from support import ROOT

from generator.citations.references import build_references
from generator.citations.style import STYLES
from generator.formats.bibtex.write import render_bibtex
from generator.formats.ris.write import render_ris
from generator.labels.labels import load_labels
from generator.model import Paper
from generator.pages.parts import sizes
from generator.pages.parts.templates import render_markdown
from generator.pages.parts.ways import list_searches, list_ways
from generator.pipeline import build_site, plan_pages
from generator.settings import Settings

HOSTS = ["arxiv.org", "scholar.google.com", "www.semanticscholar.org"]
RECORDS = {
    "owls": "title: Owls\nsources:\n- {name: one, entry: '1'}\n- {name: two, entry: '2'}\n"
    f"summary: {'Snow falls quietly on cold hills. ' * 9}\n",
    "wrens": "title: Wrens\npublished: 2023-10\nlinks: {arxiv: '2310.00653'}\nsources:\n"
    "- {name: 000_ab, entry: '3', date: '2025-03-18', kind: daily-papers}\n- {name: arXiv number, entry: '2310.00653'}\n",
    "mice": "title: Mice\npublished: '2024'\nauthors: [\"Möwe, Jane\", B]\nlinks: {code: https://a.example/}\n",
}


@pytest.fixture
def site(tmp_path):
    (tmp_path / "papers").mkdir()
    for key, text in RECORDS.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(text)
    settings = Settings(content=tmp_path)
    return build_site(settings)[0], settings


def read(site, key):
    (page,) = (plan.make() for plan in plan_pages(*site) if plan.path == f"papers/{key}.md")
    return LexborHTMLParser(MarkdownIt("commonmark").render(render_markdown(page)))


def lines(site, key):
    return [" ".join(item.text().split()) for item in read(site, key).css("li")]


def test_a_very_large_shelf_says_each_fact_once(site, monkeypatch):
    def read_all():
        (page,) = (plan.make() for plan in plan_pages(*site) if plan.path == "papers/owls.md")
        text = str(page.head["tags"]) + render_markdown(page)
        return LexborHTMLParser(text), [host for host in HOSTS if host in text], len(page.head["description"])

    twice = "script", "link[rel=type]", "dd[data-form=ris]"
    tree, hosts, described = read_all()
    assert [len(tree.css(part)) for part in twice] == [1, 1, 1]
    assert hosts == HOSTS
    assert 120 < described <= 202
    monkeypatch.setattr(sizes, "VERY_LARGE", 2)
    tree, hosts, described = read_all()
    assert [len(tree.css(part)) for part in twice] == [0, 0, 0]
    assert [meta.attributes["name"] for meta in tree.css("meta")] == ["citation_title"]
    assert len(tree.css("dd[data-form=bibtex]")) == 1
    assert hosts == ["scholar.google.com"]
    assert 100 < described <= 122


def test_what_is_unknown_takes_one_quiet_line(site):
    assert lines(site, "owls") == ["Kind Paper", "one: entry 1", "two: entry 2"]
    page = read(site, "owls")
    assert (
        page.css_first("small").text()
        == "Missing here: Date of publication, Names of the authors, DOI or arXiv."
    )


def cite(site, key):
    """Return each text by which a paper is cited, by its form."""
    texts = read(site, key).css(".ps-cite dd")
    return {text.attributes["data-form"]: text.text() for text in texts}


def test_a_paper_is_cited_in_each_style_and_format(site):
    said = cite(site, "mice")
    assert list(said) == ["apa", "ieee", "chicago", "nature", "bibtex", "ris"]
    assert said["apa"] == "Möwe, J., & B. (2024). Mice. https://a.example/"
    assert said["bibtex"].startswith("@misc{mice,\n")
    assert said["ris"].startswith("TY  - GEN\nID  - mice\n")
    names = [name.text() for name in read(site, "mice").css(".ps-cite dt")]
    assert names == ["APA", "IEEE", "Chicago", "Nature", "BibTeX", "RIS"]


def test_a_site_chooses_its_styles_and_their_order(site):
    pages, settings = site
    chosen = replace(settings, citations=("nature", "apa"))
    assert list(cite((pages, chosen), "owls")) == ["nature", "apa", "bibtex", "ris"]


@pytest.mark.parametrize("text", STRINGS)
def test_what_is_copied_is_what_the_record_says(tmp_path, text):
    (tmp_path / "papers").mkdir()
    record = {"title": f"x{text}y", "summary": f"{text}\n\n{text}", "venue": f"x{text}"}
    (tmp_path / "papers" / "owls.yml").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    settings = Settings(content=tmp_path)
    built = build_site(settings)[0]
    paper = built.shelf.papers["owls"]
    said = cite((built, settings), "owls")
    assert {form: said[form] for form in STYLES} == build_references(paper)
    assert said["bibtex"].split() == render_bibtex(paper).split()
    assert said["ris"].split() == render_ris(paper).split()


def test_a_repository_at_github_has_a_form_for_what_is_missing(site):
    pages, settings = site
    link = read((pages, replace(settings, repo_url="https://github.com/o/r/")), "owls").css_first("small a")
    assert link.attributes["href"] == "https://github.com/o/r/issues/new?template=fix.yml&record=papers/owls/"


def test_what_is_known_is_said_fact_by_fact(site):
    assert lines(site, "mice") == ["Published 2024", "Authors Jane Möwe, B", "Kind Paper"]


WAYS = [
    ({"arxiv": ("2310.00653",)}, [("arXiv", "https://arxiv.org/abs/2310.00653"), ("PDF", "https://arxiv.org/pdf/2310.00653")]),
    (
        {"arxiv": ("2310.00653",), "pdf": ("https://a.example/owls.pdf",)},
        [("arXiv", "https://arxiv.org/abs/2310.00653"), ("PDF", "https://a.example/owls.pdf")],
    ),
    (
        {"openreview": ("aBcDeFgH1",)},
        [("PDF", "https://openreview.net/pdf?id=aBcDeFgH1"), ("OpenReview", "https://openreview.net/forum?id=aBcDeFgH1")],
    ),
    (
        {"doi": ("10.1000/owls",), "code": ("https://a.example/one", "https://www.b.example/two/")},
        [("DOI", "https://doi.org/10.1000/owls"), ("Code: a.example/one", "https://a.example/one"), ("Code: b.example/two", "https://www.b.example/two/")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("links", "ways"), WAYS)
def test_every_link_is_a_button_and_a_known_paper_is_not_searched(links, ways):
    paper = Paper(title="Owls", links=links)
    assert [(way.name, way.link) for way in list_ways(load_labels(), paper)] == ways
    assert list_searches(paper) == ()


@pytest.mark.parametrize(
    "title", ["Owls & $x^2$ nests?", "a](javascript:b) <i>#&q=+%00", "\ud800 owls", "é" * 1000, *STRINGS]
)
def test_a_paper_that_is_not_known_is_searched_by_its_plain_title(title):
    searches = list_searches(Paper(title=title, links={"code": ("https://a.example/",)}))
    assert [urlsplit(search.link).hostname for search in searches] == HOSTS
    for search in searches:
        address = urlsplit(search.link)
        assert not set(address.query) & set(" <>\"'()[]`#\\")
        (query,) = (values for name, values in parse_qs(address.query).items() if name in {"q", "query"})
        assert query == [Paper(title=title).title_text.plain[:300].encode(errors="replace").decode()]


def test_lists_search_at_the_same_places():
    script = (ROOT / "theme_overrides/assets/papershelf/desk/menu.js").read_text()
    for search in list_searches(Paper(title="Owls")):
        assert f'"{search.link.removesuffix("Owls")}"' in script


def test_the_page_has_buttons_and_searches(site):
    assert [a.text() for a in read(site, "mice").css(".ps-ways a")] == [
        "Code", "arXiv", "Google Scholar", "Semantic Scholar",
    ]  # fmt: skip


def test_sources_are_named_by_what_they_are(site):
    assert lines(site, "wrens")[-2:] == [
        "Daily papers page of 18 March 2025: entry 3",
        "arXiv number 2310.00653, which gives the month of the first version",
    ]


RELATED = {
    "owlnet": 'title: "OwlNet: Plovers at Dusk"\nsummary: Plovers hear mice.\npublished: "2024"\n',
    "ears": "title: Plovers by Ear\nsummary: Built on OwlNet, ears hear plovers.\npublished: '2025'\n",
    "dawn": "title: Plovers at Dawn\nsummary: Plovers wake.\n",
}
WADERS = "- {id: waders, name: Waders, rules: [{any: [hear]}]}\n- {id: light, name: Light, rules: [{any: [wake]}]}\n"
REASONS = {
    "en": "both under Waders; both mention “Plovers”, “OwlNet” and “hear”",
    "de": "beide unter Waders; beide handeln von „Plovers“, „OwlNet“ und „hear“",
    "zh": "同属Waders；都谈到“Plovers”、“OwlNet”和“hear”",
    "ja": "ともにWadersに分類。ともに「Plovers」、「OwlNet」と「hear」に触れています",
}


def write_related(folder, language="en", extra=()):
    (folder / "papers").mkdir()
    others = {f"z{n}": f"title: Harbour {n % 3} lantern {n}\n" for n in range(6)}
    for key, text in {**RELATED, **others, **dict(extra)}.items():
        (folder / "papers" / f"{key}.yml").write_text(text)
    (folder / "topics.yml").write_text(WADERS)
    settings = Settings(content=folder, language=language)
    return build_site(settings)[0], settings


@pytest.mark.parametrize("language", REASONS)
def test_related_papers_have_topics_and_terms_as_reasons(tmp_path, language):
    why = [small.text() for small in read(write_related(tmp_path, language), "ears").css("li small")]
    assert REASONS[language] in why


def test_mentions_are_on_both_pages(tmp_path):
    site = write_related(tmp_path)
    headings = [h.text() for h in read(site, "ears").css("h2")]
    assert headings.index("Papers it mentions") < headings.index("Related papers")
    assert "OwlNet: Plovers at Dusk names “OwlNet”" in lines(site, "ears")
    assert "Mentioned by" in [h.text() for h in read(site, "owlnet").css("h2")]
    assert "Plovers by Ear" in lines(site, "owlnet")
    assert not {"Mentioned by", "Papers it mentions"} & {h.text() for h in read(site, "dawn").css("h2")}


def test_a_paper_that_many_mention_says_how_many(tmp_path):
    many = {f"m{n:02}": f"title: Mice {n}\nsummary: OwlNet again.\npublished: '2025'\n" for n in range(30)}
    page = read(write_related(tmp_path, extra=many), "owlnet")
    assert "The newest of 31 papers." in [small.text() for small in page.css("small.ps-why")]
    assert len(page.css("a[href^='m']")) == 20


def test_a_changed_title_of_a_mentioned_paper_makes_the_page_anew(tmp_path):
    site, settings = write_related(tmp_path)
    site = replace(site, related={})
    before = {plan.path: plan.depends for plan in plan_pages(site, settings)}
    mice = replace(site.shelf.papers["owlnet"], title="OwlNet: Plovers at Dusk, Again")
    shelf = replace(site.shelf, papers={**site.shelf.papers, "owlnet": mice})
    after = {plan.path: plan.depends for plan in plan_pages(replace(site, shelf=shelf), settings)}
    assert before["papers/ears.md"] != after["papers/ears.md"]
