"""A draft of topics made from the papers themselves: `papershelf topics --suggest`."""

import re

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.model import Paper, Taxonomy, Topic
from generator.problems import Place
from generator.project import Project
from generator.topics.suggest import suggest_topics

# Each theme with what its papers may be about; a paper is of one theme, and every other one of one of these.
THEMES = {
    "barn owl": ("night hunting", "nest boxes"),
    "solar panel": ("roof mounting", "dust removal"),
    "bread baking": ("sourdough starter", "oven steam"),
    "RNA splicing": ("intron loss", "exon skipping"),
}
WORDS = {
    "barn owl": "feathers prey mice silent wings barns hunters",
    "solar panel": "light cells electricity silicon watts inverters sun",
    "bread baking": "flour yeast dough crust loaves rye kneading",
    "RNA splicing": "genes cells transcripts proteins nucleus ribosomes exons",
}


def write_papers(number=80):
    """Return papers of four themes; the words of each paper are other ones."""
    papers = []
    for n in range(number):
        theme, below = list(THEMES.items())[n % 4]
        words = WORDS[theme].split()
        word = words[n // 4 % len(words)]
        about = f", with {below[n // 8 % 2]}" if n // 4 % 2 else ""
        title = f"{theme.title().replace('Rna', 'RNA')} and {word.title()}{about.title()}, {n}"
        text = f"This is about the {theme}{about}."
        papers.append(Paper(id=f"paper-{n:02}", title=title, abstract=text))
    return papers


def write_shelf(folder, papers, topics=None):
    """Write a content folder."""
    (folder / "papers").mkdir(parents=True)
    for paper in papers:
        record = {"id": paper.id, "title": paper.title, "abstract": paper.abstract}
        (folder / "papers" / f"{paper.id}.yml").write_text(yaml.safe_dump(record))
    if topics is not None:
        (folder / "topics.yml").write_text(topics)
    return folder


def suggest(folder, *options):
    return CliRunner().invoke(main, ["topics", "--suggest", "--content", str(folder), *map(str, options)])


@pytest.fixture
def shelf(tmp_path):
    return write_shelf(tmp_path / "content", write_papers())


def test_names_are_phrases_as_people_write_them():
    names = [topic.name for topic in suggest_topics(write_papers(), Taxonomy())]
    assert {"Barn owl", "Solar panel", "Bread baking", "RNA splicing"} <= set(names)
    text = " ".join(f"{paper.title} {paper.abstract}" for paper in write_papers()).lower()
    assert all(name.lower() in text for name in names)


def test_a_tree_of_two_levels():
    topics = suggest_topics(write_papers(), Taxonomy())
    above = {topic.id: topic.parent for topic in topics}
    for theme, parts in THEMES.items():
        for part in parts:
            assert above[part.replace(" ", "-")] == theme.lower().replace(" ", "-")
    assert all(not above[parent] for parent in above.values() if parent)
    order = [topic.id for topic in topics]
    assert all(order.index(t.parent) < order.index(t.id) for t in topics if t.parent)


def test_the_rules_place_the_papers_when_the_draft_is_used(shelf):
    result = suggest(shelf, "-o", shelf / "topics.yml")
    assert (result.exit_code, result.stdout) == (0, "")
    project = Project(shelf)
    assert not project.errors
    for paper in write_papers():
        (theme,) = (theme for theme in THEMES if theme in paper.abstract)
        assert theme.lower().replace(" ", "-") in {place.topic for place in project.placements[paper.id]}
    counts = re.findall(r"# (\d+) papers?\n- id: (\S+)", (shelf / "topics.yml").read_text())
    assert {topic: int(number) for number, topic in counts} == project.topic_report.by_topic


def test_the_same_papers_make_the_same_draft(shelf):
    first, second = suggest(shelf), suggest(shelf)
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    assert re.match(
        r"# A draft of topics.yml: 4 topics and \d+ below them, for 80 of 80 papers.\n", first.stdout
    )


def test_existing_topics_are_respected(tmp_path):
    own = "- id: owls\n  name: Owls\n  aliases: [solar-panel]\n  rules: [barn owl]\n"
    shelf = write_shelf(tmp_path / "content", write_papers(), own)
    text = suggest(shelf).stdout
    assert "20 of 80 papers are under a topic of topics.yml. This draft is for the other 60." in text
    ids = {topic["id"] for topic in yaml.safe_load(text)}
    assert {"bread-baking", "rna-splicing"} <= ids
    assert not {"owls", "barn-owl", "night-hunting", "solar-panel"} & ids
    (shelf / "topics.yml").write_text(f"{own}{text}")
    assert not Project(shelf).errors


def test_a_name_of_a_topic_comes_once():
    taxonomy = Taxonomy(topics={"x": Topic(id="x", name="Bread Baking", place=Place(file="topics.yml"))})
    assert "Bread baking" not in {topic.name for topic in suggest_topics(write_papers(), taxonomy)}


def test_a_list_of_titles_is_enough():
    papers = [Paper(id=paper.id, title=paper.title) for paper in write_papers()]
    names = {topic.name for topic in suggest_topics(papers, Taxonomy())}
    assert {"Barn owl", "Solar panel", "Bread baking", "RNA splicing", "Night hunting"} <= names


def test_papers_that_no_topic_takes_are_named(tmp_path):
    papers = [
        *write_papers(),
        Paper(id="odd", title="Something else entirely", abstract="Nothing in common."),
    ]
    text = suggest(write_shelf(tmp_path / "content", papers)).stdout
    assert text.endswith("# Without a topic: 1 paper\n#   odd\n")


SAME = [Paper(id=f"same-{n}", title="Barn owls", abstract="They hunt.") for n in range(9)]


@pytest.mark.parametrize("papers", [write_papers(1), write_papers(2), SAME])
def test_too_few_papers_make_no_topic(tmp_path, papers):
    result = suggest(write_shelf(tmp_path / "content", papers))
    assert result.exit_code == 0
    assert "No topics can be suggested" in result.stdout
    assert yaml.safe_load(result.stdout) is None


def test_nothing_is_overwritten(shelf):
    topics = shelf / "topics.yml"
    topics.write_text("- id: owls\n  name: Owls\n")
    result = suggest(shelf, "-o", topics)
    assert result.exit_code == 2
    assert "so nothing was written: write the draft to a new file" in result.stderr
    assert topics.read_text() == "- id: owls\n  name: Owls\n"


def test_comments_of_an_empty_file_stay(shelf):
    topics = shelf / "topics.yml"
    topics.write_text("# The topics of this index.\n")
    assert suggest(shelf, "-o", topics).exit_code == 0
    assert topics.read_text().startswith("# The topics of this index.\n\n# A draft of topics.yml")


def test_a_shelf_with_errors_gets_no_draft(shelf):
    (shelf / "topics.yml").write_text("- name: Owls\n")
    result = suggest(shelf)
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_file_without_a_draft_is_wrong_usage(shelf):
    result = CliRunner().invoke(main, ["topics", "--content", str(shelf), "-o", "draft.yml"])
    assert result.exit_code == 2
