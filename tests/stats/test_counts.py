"""Counts of a shelf: over time, of topics that meet, of what is known; what is unknown is counted too."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import build_catalogue
from generator.model import Author, Paper, Placement, Shelf, Taxonomy, Topic
from generator.problems import Place
from generator.stats.cooccurrence import find_cooccurrences
from generator.stats.counts import build_statistics
from generator.stats.timeline import MOST, build_scale, count_dates

dates = st.one_of(
    st.just(""),
    st.builds("{:04}".format, st.integers(1950, 2030)),
    st.builds("{:04}-{:02}".format, st.integers(2020, 2023), st.integers(1, 12)),
    st.dates().map(str),
)


def make_taxonomy(*names, **parents):
    return Taxonomy(topics={n: Topic(id=n, name=n, parent=parents.get(n, ""), place=Place(file="t")) for n in names})  # fmt: skip


def place(**topics):
    return {key: tuple(Placement(topic=topic, why="") for topic in names.split()) for key, names in topics.items()}  # fmt: skip


@given(st.lists(dates))
def test_every_paper_is_counted_once(found):
    time = count_dates(found, build_scale(found))
    assert sum(time.counts) + time.unknown == len(found)
    assert time.unknown == found.count("")
    assert len(time.scale.periods) <= MOST
    assert list(time.scale.periods) == sorted(set(time.scale.periods))
    for period, papers in list(zip(time.scale.periods, time.counts, strict=True))[time.scale.is_open :]:
        assert papers == sum(date.startswith(period) for date in found)


def test_months_are_shown_where_all_dates_have_one_and_few_are_spanned():
    assert build_scale(["2024-11-03", "2025-02", ""]).periods == ("2024-11", "2024-12", "2025-01", "2025-02")
    assert build_scale(["2024-11", "2025"]).periods == ("2024", "2025")
    assert build_scale(["2022-01", "2024-01"]).periods == ("2022", "2023", "2024")
    assert build_scale(["", ""]).periods == ()


def test_the_first_period_holds_everything_before_it():
    found = ["1900", "1950-03", *(str(year) for year in range(1990, 2021))]
    time = count_dates(found, build_scale(found))
    assert time.scale.is_open
    assert (time.scale.periods[0], time.scale.periods[-1]) == ("1999", "2020")
    assert time.counts == (2 + 10, *[1] * (MOST - 1))


def test_topics_meet_more_often_than_by_chance():
    """Of ten papers five are on owls and four on mice; three on both are one more than chance has it."""
    placements = place(
        a="owls mice", b="owls mice", c="owls mice", d="owls", e="owls bats", f="mice bats", g="", h="", i="", j=""
    )  # fmt: skip
    meeting, other = find_cooccurrences(make_taxonomy("owls", "mice", "bats"), placements)
    assert (meeting.topics, meeting.papers) == (("mice", "owls"), 3)
    assert (meeting.chance, meeting.lift) == (2.0, 1.5)
    assert (other.topics, other.chance) == (
        ("bats", "mice"),
        0.8,
    )  # bats and owls share one, as chance has it


def test_a_topic_does_not_meet_what_it_is_part_of():
    placements = place(a="birds owls barn", b="birds owls barn", c="")
    taxonomy = make_taxonomy("birds", "owls", "barn", owls="birds", barn="owls")
    assert find_cooccurrences(taxonomy, placements) == ()
    assert len(find_cooccurrences(make_taxonomy("birds", "owls", "barn"), placements)) == 3


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1), st.randoms())
def test_meetings_do_not_depend_on_the_order_of_papers(sets, random):
    placements = {str(n): tuple(Placement(topic=t, why="") for t in s) for n, s in enumerate(sets)}
    keys = list(placements)
    random.shuffle(keys)
    taxonomy = make_taxonomy(*"abcd")
    cooccurrences = find_cooccurrences(taxonomy, placements)
    assert cooccurrences == find_cooccurrences(taxonomy, {key: placements[key] for key in keys})
    pairs = Counter((a, b) for s in sets for a in s for b in s if a < b)
    assert all(meeting.papers == pairs[meeting.topics] for meeting in cooccurrences)
    assert all(meeting.papers > meeting.chance - 0.05 for meeting in cooccurrences)


def test_facts_and_kinds_are_counted():
    papers = [
        Paper(id="a", title="A", published="2024", authors=(Author(name="Jane Doe"),), links={"doi": ("10.1/a",)}),
        Paper(id="b", title="B", author_count=6, kind="survey", links={"arxiv": ("2301.00010",), "code": ("https://a.example/",)}),
        Paper(id="c", title="C", venue="Owl Days", summary="Owls.", added="2024-05-01"),
    ]  # fmt: skip
    shelf = Shelf(papers={paper.id: paper for paper in papers}, places={})
    placements = place(a="owls", b="", c="")
    taxonomy = make_taxonomy("owls", "mice")
    statistics = build_statistics(shelf, taxonomy, placements, build_catalogue(shelf, placements))
    assert statistics.facts == {
        "date": 1, "authors": 1, "venue": 1, "identifier": 2, "summary": 1, "abstract": 0, "code": 1, "data": 0,
        "model": 0, "topic": 1,
    }  # fmt: skip
    assert statistics.kinds == {"paper": 2, "survey": 1}
    assert (statistics.published.known, statistics.published.unknown) == (1, 2)
    assert (statistics.added.known, statistics.added.unknown) == (1, 2)
    assert statistics.by_topic["owls"].counts == (1,)
    assert statistics.by_topic["mice"].counts == (0,)
