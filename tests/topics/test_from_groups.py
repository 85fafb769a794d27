"""Topics from the sections, keywords and columns of lists: `papershelf import --topics GROUP`."""

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.formats.readme.headings import find_reason
from generator.model import Paper, Pin, Rule, Taxonomy, Topic
from generator.pipeline import load_content
from generator.problems import Place
from generator.topics.classify import build_classifier
from generator.topics.from_groups import (
    Grouping,
    TopicPlan,
    add_topics,
    build_group_topics,
    build_topic_id,
    pin_topics,
)

LIST = """# Awesome birds

Some words.

## Contents
- [Owls](#owls)

## 📜 Papers

### 1. Owls

What hunts *at night*.
Mostly.

- [Owls at Night](https://arxiv.org/abs/2301.00001)

#### 1.1 Surveys

- [A Survey of Owls](https://arxiv.org/abs/2301.00002)

### 2. Wrens
#### Surveys
- [A Survey of Wrens](https://arxiv.org/abs/2301.00003)
#### 2023
- [Wrens in Rain](https://arxiv.org/abs/2301.00004)
- [Owls at Night](https://arxiv.org/abs/2301.00001)

## Star History
"""


@pytest.fixture
def content(shelf_on_disk):
    return shelf_on_disk({"shelf.yml": "format: 1\n", "topics.yml": "# no topic yet\n"})


def run(content, text, *arguments, code=0):
    path = content.parent / "LIST.md"
    path.write_text(text)
    result = CliRunner().invoke(
        main, ["import", "readme", str(path), "--topics", "sections", *arguments, "--content", str(content)]
    )
    assert result.exit_code == code, result.output
    shelf, taxonomy, problems = load_content(content)
    assert not [p for p in problems if p.severity == "error" and p.code != "empty-shelf"], problems
    return shelf.papers, taxonomy.topics, result.output


def test_sections_become_the_topics_in_their_order_with_their_words(content):
    papers, topics, output = run(content, LIST)
    assert [(t.id, t.name, t.parent) for t in topics.values()] == [
        ("owls", "1. Owls", ""),
        ("surveys", "1.1 Surveys", "owls"),
        ("wrens", "2. Wrens", ""),
        ("wrens-surveys", "Surveys", "wrens"),
    ]
    assert topics["owls"].description == "What hunts at night. Mostly."
    pins = {key: [pin.id for pin in paper.topics] for key, paper in papers.items()}
    assert pins == {
        "owls-at-night": ["owls", "wrens"],
        "a-survey-of-owls": ["surveys"],
        "a-survey-of-wrens": ["wrens-surveys"],
        "wrens-in-rain": ["wrens"],
    }
    for line in (
        "2023 (a date)",
        "📜 Papers (it contains all papers)",
        f"Star History, LIST.md:{LIST.count(chr(10))} (it contains no paper)",
    ):
        assert line in output
    assert (content / "topics.yml").read_text().startswith("# no topic yet\n- id: owls")


def test_a_second_import_changes_nothing(content):
    run(content, LIST)
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    _, _, output = run(content, LIST)
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    assert "0 new, 4 known" in output


def test_a_renumbered_list_has_the_same_topics(content):
    run(content, LIST)
    _, topics, _ = run(content, LIST.replace("1. Owls", "3. Owls").replace("1.1 Sur", "3.1 Sur"))
    assert list(topics) == ["owls", "surveys", "wrens", "wrens-surveys"]


def test_a_renamed_and_moved_topic_stays_the_same(content):
    run(content, LIST)
    topics = content / "topics.yml"
    topics.write_text(
        topics.read_text()
        .replace("name: 2. Wrens", "name: Small brown birds")
        .replace("  parent: wrens\n", "")
    )
    _, found, _ = run(content, LIST)
    assert list(found) == ["owls", "surveys", "wrens", "wrens-surveys"]
    assert found["wrens"].name == "Small brown birds"


def test_what_a_curator_removed_stays_removed(content):
    run(content, LIST)
    record = content / "papers" / "owls-at-night.yml"
    record.write_text(yaml.safe_dump(yaml.safe_load(record.read_text()) | {"topics": ["owls"]}))
    papers, _, _ = run(content, LIST)
    assert papers["owls-at-night"].topics == (Pin(id="owls"),)
    papers, _, _ = run(
        content,
        LIST.replace("## Star", "### Night\n- [Owls at Night](https://arxiv.org/abs/2301.00001)\n## Star"),
    )
    assert [pin.id for pin in papers["owls-at-night"].topics] == ["owls", "night"]


def test_a_person_decides_which_headings_are_topics(content):
    _, topics, output = run(content, LIST, "--topic", "2023", "--no-topic", "surveys")
    assert list(topics) == ["owls", "surveys", "wrens", "wrens-2023"], "with its number it is another heading"
    assert "Surveys (left out by --no-topic)" in output


def test_a_dry_run_shows_the_tree_and_writes_nothing(content):
    papers, topics, output = run(content, LIST, "--dry-run")
    assert not papers
    assert not topics
    tree = [line for line in output.splitlines() if line[:7].strip().isdigit() and line[7:9] == "  "]
    assert tree == ["      1  1. Owls", "      1    1.1 Surveys", "      2  2. Wrens", "      1    Surveys"]


def test_columns_and_keywords_become_topics(content):
    table = content.parent / "t.csv"
    table.write_text("title,Area,Keywords\n" + "".join(f"Paper {n},Hearing,owls; k{n}\n" for n in range(4)))
    for group in ("area", "keywords"):
        result = CliRunner().invoke(
            main, ["import", "csv", str(table), "--topics", group, "--content", str(content)]
        )
        assert result.exit_code == 0, result.output
    assert "no topic: 4 values (they have fewer than 3 papers)" in result.output
    shelf, taxonomy, _ = load_content(content)
    assert list(taxonomy.topics) == ["hearing", "owls"]
    assert {pin.id for pin in shelf.papers["paper-1"].topics} == {"hearing", "owls"}


def test_a_choice_without_a_grouping_is_an_error(content):
    result = CliRunner().invoke(
        main, ["import", "readme", __file__, "--no-topic", "x", "--content", str(content)]
    )
    assert result.exit_code == 2
    assert "--topics GROUP" in result.output


@pytest.mark.parametrize(
    ("heading", "is_topic"),
    [
        ("2023", False), ("2023 and before", False), ("Before 2020", False), ("May 2024", False), ("2019-2021", False),
        ("2024年", False), ("CVPR 2024", False), ("NeurIPS'23", False), ("Paper List", False), ("Awesome Papers", False),
        ("Reading list", False), ("论文", False), ("Owls", True), ("Surveys", True), ("Night Vision 2", True),
        ("Benchmarks of 2023 owls", True), ("3D", True),
    ],
)  # fmt: skip
def test_headings_that_are_no_topics(heading, is_topic):
    assert (find_reason(heading) == "") is is_topic


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("2.1 Night Owls", "night-owls"),
        ("IV. Owls", "owls"),
        ("3D Owls", "3d-owls"),
        ("🦉 1) Owls", "owls"),
        ("2023", "2023"),
    ],
)
def test_an_id_has_no_number_of_a_heading(name, key):
    assert build_topic_id(name) == key


def test_many_topics_of_one_name_have_ids_of_their_own():
    papers = [Paper(title=f"P{n}", groups={"sections": (f"Part {n} > Surveys",)}) for n in range(30)]
    plan = build_group_topics(Grouping(name="sections"), papers, Taxonomy(), {}, lambda _: "")
    assert len({topic.id for topic in plan.topics}) == len(plan.topics) == 60
    assert len(set(plan.by_value.values())) == 30


def test_pins_respect_what_curators_excluded():
    paper = Paper(title="Owls", groups={"sections": ("Owls",)}, not_topics=("owls",))
    assert (
        pin_topics(
            None, paper, TopicPlan(name="sections", topics=(), by_value={"Owls": "owls"}, left_out={})
        ).topics
        == ()
    )


def test_topics_are_added_to_a_file_with_comments():
    topic = Topic(id="owls", name="Owls", parent="birds", place=Place(file="topics.yml"))
    text = add_topics("# mine\n- id: birds   # all of them\n  name: Birds\n", [topic])
    assert (
        text
        == "# mine\n- id: birds   # all of them\n  name: Birds\n- id: owls\n  name: Owls\n  parent: birds\n"
    )


def test_a_topic_without_rules_holds_what_is_below_it():
    at = Place(file="topics.yml")
    topics = {
        "birds": Topic(place=at, id="birds", name="Birds"),
        "owls": Topic(place=at, id="owls", name="Owls", parent="birds"),
        "night": Topic(place=at, id="night", name="Night owls", parent="owls"),
        "mice": Topic(place=at, id="mice", name="Mice", rules=(Rule(any=("mouse",)),)),
        "field": Topic(place=at, id="field", name="Field mice", parent="mice"),
    }
    papers = {
        "a": Paper(id="a", title="A", topics=(Pin(id="night"),)),
        "b": Paper(id="b", title="B", topics=(Pin(id="field"),)),
        "c": Paper(id="c", title="C", topics=(Pin(id="night"),), not_topics=("birds",)),
    }
    placed = build_classifier(Taxonomy(topics=topics)).classify(papers)
    assert [(p.topic, p.why) for p in placed["a"]][:2] == [
        ("birds", "under “Owls”"),
        ("owls", "under “Night owls”"),
    ]
    assert [p.topic for p in placed["b"]] == ["field"]
    assert [p.topic for p in placed["c"]] == ["owls", "night"]


def test_collections_inside_each_other_become_a_tree():
    papers = [
        Paper(id=name, title=name, groups={"collections": (path,)})
        for name, path in (("a", "Birds > Owls"), ("b", "Birds > 2024"), ("c", "To read"))
    ]
    plan = build_group_topics(Grouping(name="collections"), papers, Taxonomy(), {}, find_reason)
    assert [(topic.name, topic.parent) for topic in plan.topics] == [
        ("Birds", ""), ("Owls", "birds"), ("2024", "birds"), ("To read", ""),
    ]  # fmt: skip
