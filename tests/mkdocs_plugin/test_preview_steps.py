"""What a preview takes over from its last build is what a new build would make."""

import pytest
from msgspec.structs import replace

from generator.mkdocs_plugin.preview_steps import PreviewSteps
from generator.pipeline import Steps, build_site
from generator.settings import Settings

PAPERS = {
    "net": ("OwlNet: Plovers at Night", "2024"),
    "day": ("Plovers by Day", "2025"),
    "owl": ("Owls by OwlNet", "2025"),
    "wren": ("Plovers and Wrens", "2025"),
}
TOPICS = (
    "- {id: waders, name: Waders, rules: [{any: [night, day]}]}\n- {id: owls, name: Owls, rules: [owls]}\n"
)


def write(folder, key, *, title="", published=""):
    known = PAPERS[key]
    text = f'title: "{title or known[0]}"\npublished: "{published or known[1]}"\n'
    (folder / "papers" / f"{key}.yml").write_text(text)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "topics.yml").write_text(TOPICS)
    for key in PAPERS:
        write(tmp_path, key)
    return tmp_path


CHANGES = {
    "nothing": lambda _: None,
    "a topic": lambda folder: (folder / "topics.yml").write_text(TOPICS.replace("day", "wrens")),
    "a text": lambda folder: write(folder, "owl", title="Plovers by Day"),
    "a date": lambda folder: write(folder, "owl", published="2023"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_relations_follow_what_they_are_made_from(folder, change):
    settings, steps = Settings(content=folder), PreviewSteps()
    before, _ = build_site(settings, steps)
    assert {other.paper: other.topics for other in before.related["day"]} == {"wren": (), "net": ("waders",)}
    assert before.mentions["owl"].mentions == (("net", "OwlNet"),)
    CHANGES[change](folder)
    after, _ = build_site(settings, steps)
    anew, _ = build_site(settings)
    assert (after.related, after.mentions) == (anew.related, anew.mentions)
    assert ((after.related, after.mentions) == (before.related, before.mentions)) == (change == "nothing")


def test_a_paper_that_a_stage_changed_is_compared_as_it_was_loaded(folder, monkeypatch):
    def leave_out_pins(_, shelf, find_placements):
        papers = {
            key: replace(paper, topics=()) if find_placements()[key] else paper
            for key, paper in shelf.papers.items()
        }
        return replace(shelf, papers=papers)

    monkeypatch.setattr(Steps, "change_papers", leave_out_pins)
    settings, steps = Settings(content=folder), PreviewSteps()
    path = folder / "papers" / "wren.yml"
    text = path.read_text()
    path.write_text(f"{text}topics: [owls]\n")
    build_site(settings, steps)
    path.write_text(text)  # as the stage left the paper
    assert build_site(settings, steps)[0].placements["wren"] == ()
