"""What became of the papers from one state of a shelf to the next: nothing hides behind something else."""

import pytest

from generator.model import Paper, Shelf
from generator.records.changes import Changes, compare_shelves


def shelf(*papers):
    return Shelf(papers={paper.id: paper for paper in papers}, places={})


def paper(key, **facts):
    return Paper(id=key, **{"title": key.title()} | facts)


OWLS, MICE = paper("owls"), paper("mice")


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        ([OWLS, MICE], {}),
        ([OWLS, MICE, paper("bats")], {"added": ("bats",)}),
        ([OWLS], {"deleted": ("mice",)}),
        ([OWLS, paper("mice", venue="Birds", note="x")], {"changed": {"mice": ("venue", "note")}}),
        ([OWLS, paper("mice", status="removed", status_note="They asked.")], {"removed": ("mice",)}),
        ([OWLS, paper("mice", status="removed", venue="Birds")], {"removed": ("mice",), "changed": {"mice": ("venue",)}}),
        ([OWLS, paper("mice", status="withdrawn")], {"changed": {"mice": ("status",)}}),
        ([OWLS, paper("voles", title="Mice", aliases=("mice",))], {"renamed": {"mice": "voles"}}),
        ([OWLS, paper("voles", aliases=("mice",))], {"renamed": {"mice": "voles"}, "changed": {"voles": ("title",)}}),
        ([OWLS, paper("voles", title="Mice", aliases=("mice", "rats"))], {"renamed": {"mice": "voles"}, "changed": {"voles": ("aliases",)}}),
        ([OWLS, paper("voles", title="Mice", aliases=("mice",), status="removed")], {"renamed": {"mice": "voles"}, "removed": ("voles",)}),
        ([OWLS, paper("voles", title="Mice", aliases=("mice",), status="withdrawn")], {"renamed": {"mice": "voles"}, "changed": {"voles": ("status",)}}),
        ([paper("owls", aliases=("mice",))], {"merged": {"mice": "owls"}, "changed": {"owls": ("aliases",)}}),
        ([paper("owls", aliases=("mice",), status="removed")], {"merged": {"mice": "owls"}, "changed": {"owls": ("aliases",)}, "removed": ("owls",)}),
        ([paper("bats", aliases=("mice", "owls"), title="Mice")], {"renamed": {"mice": "bats", "owls": "bats"}, "changed": {"bats": ("title",)}}),
    ],
)  # fmt: skip
def test_everything_that_became_of_a_paper_is_listed(after, changes):
    found = compare_shelves(shelf(OWLS, MICE), shelf(*after))
    if "owls" in changes.get("renamed", {}):
        assert found.renamed == changes["renamed"]
        return
    assert found == Changes(**changes)


def test_a_paper_that_goes_into_a_removed_record_is_removed():
    before = shelf(OWLS, paper("mice", status="removed"))
    after = shelf(paper("mice", status="removed", aliases=("owls",)))
    found = compare_shelves(before, after)
    assert (found.merged, found.removed, found.changed) == (
        {"owls": "mice"},
        ("mice",),
        {"mice": ("aliases",)},
    )


def test_an_id_that_comes_back_is_no_change_of_the_aliases():
    before, after = paper("voles", aliases=("mice",)), paper("mice", title="Voles", aliases=("voles",))
    assert compare_shelves(shelf(before), shelf(after)) == Changes(renamed={"voles": "mice"})
