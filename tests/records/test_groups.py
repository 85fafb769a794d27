"""Sections, keywords and tags of sources are kept under `groups`, and those of two sources are joined."""

import pytest

from generator.formats.registry import TextFile, read_files
from generator.model import Draft, Paper
from generator.problems import Place
from generator.records.deduplicate import merge_drafts
from generator.records.groups import find_group, find_groups, gather_groups, split_group


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("keywords", "owls; night", ("owls", "night")),
        ("keywords", "owls, night", ("owls", "night")),
        ("keywords", "owls, big; night", ("owls, big", "night")),
        ("tags", "['owls', 'night']", ("owls", "night")),
        ("tags", "[owls, night]", ("owls", "night")),
        ("tags", "['owls' 'night']", ("owls", "night")),
        ("tags", '[{"tag": 1, "name": "owls"}]', ("owls",)),
        ("keywords", "猫头鹰、夜晚", ("猫头鹰", "夜晚")),
        ("categories", "cs.CL math.OC stat", ("cs.CL", "math.OC", "stat")),
        ("categories", "Birds of prey", ("Birds of prey",)),
        ("categories", "Hearing, sight and smell", ("Hearing, sight and smell",)),
        ("sections", "Owls; wrens > Night, day", ("Owls; wrens > Night, day",)),
        ("keywords", " ; owls;owls ; ", ("owls",)),
    ],
)
def test_values_part_where_their_source_parts_them(name, text, values):
    assert split_group(name, text) == values


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Author Keywords", "keywords"),
        ("Tags", "tags"),
        ("标签", "tags"),
        ("Section", "sections"),
        ("remark", ""),
    ],
)
def test_a_grouping_is_known_by_its_usual_names(header, name):
    assert find_group(header) == name


SOURCES = {
    "bibtex": "@article{a, title = {Owls}, keywords = {hearing, night}}",
    "ris": "TY  - JOUR\nTI  - Owls\nKW  - hearing\nKW  - night\nER  - \n",
    "csl-json": '[{"id": "a", "type": "book", "title": "Owls", "keyword": "hearing; night"}]',
    "csv": "title,Keywords\nOwls,hearing; night\n",
}


@pytest.mark.parametrize("form", SOURCES)
def test_formats_agree_on_keywords(form):
    batch = read_files(form, [TextFile(name="f", text=SOURCES[form])], "", {})
    assert [draft.paper.groups for draft in batch.drafts] == [{"keywords": ("hearing", "night")}]
    assert not {"keywords", "Keywords"} & batch.drafts[0].paper.extra.keys()


def test_a_paper_under_two_headings_keeps_both():
    text = "# L\n## Owls\n- [Owls at Night](https://arxiv.org/abs/2301.00001)\n## Mice\n### Prey\n- [Owls at Night](https://arxiv.org/abs/2301.00001)\n"
    batch = read_files("readme", [TextFile(name="L.md", text=text)], "", {})
    (paper,) = merge_drafts({}, batch.drafts).papers.values()
    assert paper.groups == {"sections": ("Owls", "Mice > Prey")}


def test_a_text_that_no_record_may_hold_stays_where_it_was():
    long = ";".join(f"k{n}" for n in range(2000))
    draft = gather_groups(Draft(paper=Paper(title="Owls", extra={"keywords": long}), place=Place(file="f")))
    assert draft.paper.groups == {}
    assert draft.paper.extra == {"keywords": long}


def test_groups_are_found_by_one_and_by_many_and_in_other_facts():
    paper = Paper(title="Owls", groups={"sections": ("Owls",)}, extra={"Area": "sight; hearing"})
    assert find_groups(paper, "section") == find_groups(paper, "sections") == ("Owls",)
    assert find_groups(paper, "area") == ("sight", "hearing")
    assert find_groups(paper, "colour") == ()
