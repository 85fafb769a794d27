"""Signs of interest that sources hold: what a paper's page says of them, and how lists are sorted by them."""

import json

from search_support import ask, build_folder
from selectolax.lexbor import LexborHTMLParser

from generator.labels.labels import load_labels
from generator.model import Paper, Source
from generator.pages.parts.templates import render_html
from generator.pipeline import build_site, plan_pages
from generator.settings import Settings

DAYS = ("2025-01-06", "2025-01-07", "2025-01-08")


def listed(key, *days, discussion=None):
    sources = [Source(name=f"page {day}", date=day, kind="daily-papers") for day in days]
    sources += [Source(name="a list", date="2025-01-09", discussion=discussion)]
    return Paper(id=key, title=key.capitalize(), sources=tuple(sources))


PAPERS = [
    listed("mice", *DAYS),
    listed("owls", *DAYS[:2], discussion=3),
    listed("voles", *DAYS[:1], discussion=12),
    listed("wrens", DAYS[0], DAYS[0]),
]


def find(folder, query="", **options):
    return [card["id"] for card in ask(folder, query, **options)["cards"]]


def test_lists_are_sorted_and_asked_by_signs_that_papers_have(tmp_path):
    folder = build_folder(PAPERS, tmp_path)
    assert find(folder, sort="f.listed")[:2] == ["mice", "owls"]
    assert find(folder, sort="f.discussion")[:2] == ["voles", "owls"]
    assert sorted(find(folder, "listed:>=2")) == ["mice", "owls"]
    assert find(folder, "listed:3 discussion:3") == []


def test_an_index_without_signs_offers_none(tmp_path):
    folder = build_folder([listed("voles", DAYS[0]), Paper(id="owls", title="Owls")], tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert not {"fields", "own"} & manifest.keys()


def test_a_page_says_what_the_sources_hold(tmp_path):
    (tmp_path / "papers").mkdir()
    daily = [f"{{name: p{n}, date: '{day}', kind: daily-papers}}" for n, day in enumerate(DAYS)]
    texts = {"owls": ", ".join([*daily, "{name: x, discussion: 4}"]), "mice": daily[0]}
    for key, sources in texts.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(f"title: {key}\nsources: [{sources}]\n")
    settings = Settings(content=tmp_path)
    site, _ = build_site(settings)
    pages = {plan.path: plan for plan in plan_pages(site, settings)}
    facts = [
        " ".join(node.text().split())
        for node in LexborHTMLParser(render_html(pages["papers/owls.md"].make(), pretty=True)).css("li")
    ]
    assert "Interest on 3 daily papers pages, discussion of 4" in facts
    word = load_labels("en")("paper.interest")
    assert word not in render_html(pages["papers/mice.md"].make(), pretty=True)
