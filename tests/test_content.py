"""The repository's own index: what a curator promises of every record and topic, as far as a machine can hold it."""

import json
import re
import shutil

import pytest
import yaml
from support import LISTINGS, ROOT, papershelf

from generator.identifiers import read_arxiv_month
from generator.pipeline import load_content
from generator.records.arxiv_dates import SOURCE as ARXIV_NUMBER
from generator.records.own_fields import find_value
from generator.topics.classify import build_classifier
from generator.topics.overview_check import list_sentences

CONTENT = ROOT / "content"
SHELF, TAXONOMY, PROBLEMS = load_content(CONTENT)
PLACEMENTS = build_classifier(TAXONOMY).classify(SHELF.papers)
TABLES = yaml.safe_load((CONTENT / "tables.yml").read_text(encoding="utf-8"))
RUN = 8


def words(text):
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def figures(text):
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def test_the_check_is_clean():
    result = papershelf("check", "--strict", "--content", CONTENT, "--format", "json")
    assert (result.returncode, json.loads(result.stdout)["problems"]) == (0, [])


def test_nearly_every_record_has_a_summary_of_its_own():
    """A paper that came in by a form waits for its summary, and may do so on the main branch."""
    lengths = {key: len(paper.summary.split()) for key, paper in SHELF.papers.items() if paper.summary}
    assert len(lengths) >= 0.95 * len(SHELF.papers)
    assert {key: n for key, n in lengths.items() if not 35 <= n <= 70} == {}
    assert len({SHELF.papers[key].summary for key in lengths}) == len(lengths)


def test_no_record_holds_an_abstract():
    assert [key for key, paper in SHELF.papers.items() if paper.abstract] == []


def test_nearly_every_paper_is_under_a_topic_and_no_topic_is_too_small_or_too_large():
    without = [key for key in SHELF.papers if not PLACEMENTS[key]]
    assert len(without) <= 0.03 * len(SHELF.papers)
    counts = {
        topic: sum(topic in {p.topic for p in places} for places in PLACEMENTS.values())
        for topic in TAXONOMY.topics
    }
    assert {topic: n for topic, n in counts.items() if not 5 <= n <= len(SHELF.papers) / 3} == {}


def test_every_topic_is_described_and_has_a_reading_path_of_its_own_papers():
    for topic in TAXONOMY.topics.values():
        assert 40 <= len(topic.description.split()) <= 80, topic.id
        assert 3 <= len(topic.start_here) <= 5, topic.id
        assert topic.neighbours, topic.id
        for step in topic.start_here:
            assert step.why, (topic.id, step.paper)
            assert topic.id in {p.topic for p in PLACEMENTS[step.paper]}, (topic.id, step.paper)


def test_picks_have_a_reason_and_every_topic_has_one():
    picks = [paper for paper in SHELF.papers.values() if paper.featured]
    assert 18 <= len(picks) <= 24
    assert all(paper.note for paper in picks)
    covered = {p.topic for paper in picks for p in PLACEMENTS[paper.id]}
    assert set(TAXONOMY.topics) - covered == set()


@pytest.mark.skipif(not LISTINGS, reason="the saved listings are not beside this checkout")
def test_summaries_copy_nothing_and_their_figures_stand_in_the_abstract(real_content):
    abstracts = load_content(real_content)[0].papers
    assert set(abstracts) <= set(SHELF.papers)
    for key in abstracts:
        paper = SHELF.papers[key]
        source = f"{abstracts[key].title} . {abstracts[key].abstract}"
        known = words(abstracts[key].abstract)
        runs = {tuple(known[at : at + RUN]) for at in range(len(known) - RUN + 1)}
        own = words(f"{paper.summary} {paper.note}")
        assert not [
            own[at : at + RUN] for at in range(len(own) - RUN + 1) if tuple(own[at : at + RUN]) in runs
        ], key
        assert figures(paper.summary) <= figures(source), key


@pytest.mark.skipif(not LISTINGS, reason="the saved listings are not beside this checkout")
def test_dates_and_numbers_of_authors_are_those_of_the_listings(real_content):
    imported = load_content(real_content)[0].papers
    for key, listed in imported.items():
        paper = SHELF.papers[key]
        assert paper.author_count == listed.author_count
        if listed.published:
            assert paper.published == listed.published
        named = {link for links in listed.links.values() for link in links}
        own = {link for kind, links in paper.links.items() if kind != "arxiv" for link in links}
        assert own <= named


def test_a_date_that_no_listing_gives_is_the_month_of_the_arxiv_number():
    for key, paper in SHELF.papers.items():
        if any(source.name == ARXIV_NUMBER for source in paper.sources):
            assert [read_arxiv_month(number) for number in paper.links["arxiv"]] == [paper.published], key


@pytest.mark.skipif(not LISTINGS, reason="the saved listings are not beside this checkout")
def test_importing_the_listings_again_changes_nothing(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    arguments = [
        "import",
        "listing",
        *LISTINGS,
        "--captured",
        "2025-12-08",
        "--no-abstracts",
        "--format",
        "json",
    ]
    report = json.loads(papershelf(*arguments, "--content", tmp_path / "content").stdout)
    assert (report["known"], report["changed"], report["written"]) == (398, [], [])


def read_overview(overview):
    return "\n".join("".join(span.text for span in passage.spans) for passage in overview.passages)


def test_every_topic_has_an_overview_that_links_to_its_papers():
    assert SHELF.overviews.keys() == TAXONOMY.topics.keys()
    for topic, overview in SHELF.overviews.items():
        placed = {key for key, places in PLACEMENTS.items() if topic in {place.topic for place in places}}
        linked = {span.paper for passage in overview.passages for span in passage.spans if span.paper}
        assert 150 <= len(read_overview(overview).split()) <= 400, topic
        assert linked <= placed, topic
        assert len(linked) >= min(len(placed), 15), topic


def test_every_intake_has_a_digest_of_a_few_sentences_that_link_to_its_papers():
    assert SHELF.digests.keys() == {paper.added for paper in SHELF.papers.values()}
    for day, digest in SHELF.digests.items():
        linked = {span.paper for passage in digest.passages for span in passage.spans if span.paper}
        assert {SHELF.papers[key].added for key in linked} == {day}
        assert len(linked) >= 8, day
        assert all(any(span.paper for span in passage.spans) for passage in digest.passages), day
        assert 3 <= sum(1 for passage in digest.passages for _ in list_sentences(passage)) <= 6, day


def read_path(path):
    return "\n".join((path.lead, *path.introduction, *(step.why for step in path.steps)))


def test_paths_lead_through_several_topics():
    assert len(SHELF.reading_paths) >= 5
    for path in SHELF.reading_paths.values():
        topics = [{place.topic for place in PLACEMENTS[step.paper]} for step in path.steps]
        assert 6 <= len(path.steps) <= 10, path.id
        assert len(set.union(*topics)) >= 3, path.id
        assert not set.intersection(*topics), f"{path.id} belongs into start_here of a topic"
        assert all(10 <= len(step.why.split()) <= 60 for step in path.steps), path.id


def read_table(table):
    return "\n".join((table["lead"], table.get("introduction", "")))


@pytest.mark.skipif(not LISTINGS, reason="the saved listings are not beside this checkout")
def test_overviews_digests_the_glossary_paths_and_tables_are_in_words_of_their_own(real_content):
    known = set()
    for paper in load_content(real_content)[0].papers.values():
        text = words(paper.abstract)
        known |= {tuple(text[at : at + RUN]) for at in range(len(text) - RUN + 1)}
    written = (*SHELF.overviews.values(), *SHELF.digests.values())
    texts = {overview.place.file: read_overview(overview) for overview in written}
    texts |= {term.id: term.meaning for term in SHELF.glossary}
    texts |= {path.id: read_path(path) for path in SHELF.reading_paths.values()}
    texts |= {table["id"]: read_table(table) for table in TABLES}
    for name, text in texts.items():
        own = words(text)
        assert not [
            own[at : at + RUN] for at in range(len(own) - RUN + 1) if tuple(own[at : at + RUN]) in known
        ], name


def test_the_glossary_explains_its_terms_in_a_sentence_or_two():
    assert len(SHELF.glossary) >= 80
    assert {t.id: n for t in SHELF.glossary if not 5 <= (n := len(t.meaning.split())) <= 60} == {}


ROWS = {"benchmarks": 69, "data-sets": 47, "cheaper-inference": 28, "small-models": 20}
"""How many papers each table compares, at least."""
NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}


def list_cells(table):
    """Return the values of a table by paper and column; the papers with a value in the first column are its rows.

    Example: `{"are-we-on-the-right-way-…": {"tests": "tasks that …", "items": "1,500 samples, …"}}`
    """
    values = {
        paper.id: {name: said for name in table["columns"] if (said := find_value(paper, name))}
        for paper in SHELF.papers.values()
    }
    return {key: row for key, row in values.items() if table["columns"][0] in row}


def test_tables_have_their_rows_and_declared_columns():
    assert [table["id"] for table in TABLES] == list(ROWS)
    for table in TABLES:
        assert set(table) <= {"id", "name", "lead", "introduction", "columns"}, table["id"]
        assert set(table["columns"]) <= set(SHELF.own_fields), table["id"]
        assert len(list_cells(table)) >= ROWS[table["id"]], table["id"]


def test_figures_in_the_words_above_a_table_stand_in_its_cells():
    for table in TABLES:
        cells = "\n".join(text for row in list_cells(table).values() for text in row.values())
        assert figures(read_table(table)) <= figures(cells), table["id"]


def test_cells_that_say_what_something_is_are_short():
    for paper in SHELF.papers.values():
        for name in ("tests", "data-kind"):
            assert len(find_value(paper, name).split()) <= 8, (paper.id, name)


@pytest.mark.skipif(not LISTINGS, reason="the saved listings are not beside this checkout")
def test_values_of_fields_copy_nothing_and_their_figures_stand_in_the_abstract(real_content):
    for key, listed in load_content(real_content)[0].papers.items():
        source = f"{listed.title} . {listed.abstract}"
        known = words(listed.abstract)
        runs = {tuple(known[at : at + RUN]) for at in range(len(known) - RUN + 1)}
        stated = figures(source) | {NUMBERS[word] for word in known if word in NUMBERS}
        for name in SHELF.own_fields:
            said = find_value(SHELF.papers[key], name)
            own = words(said)
            assert not [
                own[at : at + RUN] for at in range(len(own) - RUN + 1) if tuple(own[at : at + RUN]) in runs
            ], (key, name)
            assert figures(said) <= stated, (key, name)
