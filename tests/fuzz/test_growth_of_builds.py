"""A build of four times as many topics, topics, names or links of a paper, or former ids costs about four times as much."""

import json
import time

import pytest

from generator.model import Placement, Taxonomy, Topic
from generator.pipeline import build_assets, build_site, plan_pages
from generator.problems import Place
from generator.settings import Settings
from generator.stats.cooccurrence import find_cooccurrences

pytestmark = pytest.mark.growth
TIMES = 4
NOISE = 0.4
"""Seconds of the processor that any build may take."""


def write_shelf(content, *, papers=60, topics=20, of_each=2, former=0, names=1, links=0):  # noqa: PLR0913 (one parameter a number)
    """Write a shelf in which every paper has some of the topics, some former ids, names and links."""
    (content / "papers").mkdir(parents=True)
    records = [
        {
            "id": f"p{n}",
            "title": f"Owl number {n} hears mice",
            "published": str(2000 + n % 20),
            "topics": [f"t{(n * 7 + step) % topics}" for step in range(of_each)],
            "aliases": [f"old-{n}-{step}" for step in range(former)],
            "authors": [f"Jane{step} Owl{n % 7}" for step in range(names)],
            "links": {"code": [f"https://example.org/{n}/{step}" for step in range(links)]} if links else {},
        }
        for n in range(papers)
    ]
    (content / "papers" / "all.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
    names = "".join(f"- {{id: t{n}, name: Topic {n}, rules: [word{n} mice]}}\n" for n in range(topics))
    (content / "topics.yml").write_text(names)


def spend(content):
    """Return the seconds of the processor that all pages and files of a shelf take, without MkDocs."""
    start = time.process_time()
    settings = Settings(content=content, cards=False)
    site, _ = build_site(settings)
    for plan in plan_pages(site, settings):
        plan.make()
    for _ in build_assets(site, settings):
        pass
    return time.process_time() - start


@pytest.mark.parametrize(
    ("shape", "few"),
    [
        ({"of_each": 2}, {"topics": 200}),
        ({"topics": 400}, {"of_each": 100}),
        ({}, {"former": 60}),
        ({}, {"names": 400}),
        ({}, {"links": 200}),
    ],
    ids=["topics", "topics of a paper", "former ids", "names of a paper", "links of a paper"],
)
def test_a_build_costs_what_its_shelf_is_large(tmp_path, shape, few):
    ((name, number),) = few.items()
    write_shelf(tmp_path / "few", **shape, **few)
    write_shelf(tmp_path / "many", **shape, **{name: TIMES * number})
    spend(tmp_path / "few")  # what is loaded once
    short, long = spend(tmp_path / "few"), spend(tmp_path / "many")
    assert long < 1.8 * TIMES * short + NOISE, (short, long)


def test_topics_that_occur_together_cost_what_papers_have_of_them():
    def count(of_each):
        topics = {f"t{n}": Topic(id=f"t{n}", name="x", place=Place(file="x")) for n in range(of_each)}
        placements = {f"p{n}": tuple(Placement(topic=key, why="x") for key in topics) for n in range(40)}
        start = time.process_time()
        find_cooccurrences(Taxonomy(topics=topics), placements)
        return time.process_time() - start

    short, long = count(250), count(1000)
    assert long < 1.8 * TIMES * short + NOISE, (short, long)
