"""Mentions: a paper says the name that the title of another begins with."""

import pytest

from generator.model import Mentions, Paper
from generator.related.mentions import MOST, find_mentions, find_title_name


def find(*papers):
    return find_mentions({paper.id: paper for paper in papers})


OWLNET = Paper(id="owlnet", title="OwlNet: Hearing Mice", published="2024")


def mention(text, **facts):
    return Paper(id="other", title="Louder Mice", summary=text, **{"published": "2025", **facts})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("OwlNet: Hearing Mice", "OwlNet"),
        ("OWL-2: Hearing Mice", "OWL-2"),
        ("mT5: Hearing Mice", "mT5"),
        ("4DOwl: Hearing Mice", "4DOwl"),
        ("Owl-Wren++: Hearing Mice", "Owl-Wren++"),
        ("Owls: Hearing Mice", ""),
        ("Owl Net: Hearing Mice", ""),
        ("Hearing Mice with OwlNet", ""),
        ("OWLS2019: Hearing Mice", ""),
        ("A: Hearing Mice", ""),
        ("2024: Hearing Mice", ""),
        ("OwlNet:Hearing", ""),
    ],
)
def test_a_name_is_one_word_before_the_colon_that_is_no_ordinary_one(title, name):
    assert find_title_name(Paper(title=title)) == name


@pytest.mark.parametrize(
    "text",
    ["Built on OwlNet.", "OwlNet's ears", "An OwlNet-based ear (see OwlNet, WrenNet)", "with OwlNet-like ears"],
)  # fmt: skip
def test_a_whole_word_in_the_same_letters_is_a_mention(text):
    assert find(OWLNET, mention(text)) == {
        "owlnet": Mentions(mentioned_by=("other",), times=1),
        "other": Mentions(mentions=(("owlnet", "OwlNet"),)),
    }


@pytest.mark.parametrize(
    "text",
    ["Owlnet hears.", "OwlNets hear.", "M-OwlNet hears.", "OwlNet-2 hears.", "OwlNet-XL", "OwlNet.2 hears.", "MyOwlNet",
     "Ordinary Wing Lift (OwlNet), and OwlNet again"],
)  # fmt: skip
def test_another_word_is_none(text):
    assert find(OWLNET, mention(text)) == {}


def test_a_name_of_two_papers_or_one_that_is_older_than_its_paper_means_something_else():
    assert find(OWLNET, Paper(id="twin", title="OWLNET: Flight"), mention("OwlNet hears.")) == {}
    assert find(OWLNET, mention("OwlNet hears.", published="2023-12")) == {}
    assert find(OWLNET, mention("OwlNet hears.", published="2024-01"))["other"].mentions
    assert find(OWLNET, mention("OwlNet hears.", published=""))["other"].mentions


def test_a_paper_mentions_each_name_once_and_never_itself():
    own = Paper(id="owlnet", title="OwlNet: Mice", summary="OwlNet hears.", abstract="OwlNet.")
    ears = Paper(id="ears", title="EarNet-3: More Ears", abstract="EarNet-3 is OwlNet and OwlNet.")
    found = find(ears, own, mention("OwlNet with EarNet-3."))
    assert found["other"].mentions == (("ears", "EarNet-3"), ("owlnet", "OwlNet"))
    assert found["ears"] == Mentions(mentions=(("owlnet", "OwlNet"),), mentioned_by=("other",), times=1)
    assert found["owlnet"].times == 2


def test_a_name_that_many_mention_keeps_the_newest_and_counts_all():
    others = [
        Paper(id=f"p{n:02}", title=f"Mice {n}", summary="OwlNet hears.", published=f"2025-{n % 12 + 1:02}")
        for n in range(40)
    ]
    named = find(OWLNET, *others)["owlnet"]
    assert (len(named.mentioned_by), named.times) == (MOST, 40)
    dates = {paper.id: paper.published for paper in others}
    assert min(dates[key] for key in named.mentioned_by) == "2025-06"
    assert [dates[key] for key in named.mentioned_by] == sorted(
        (dates[key] for key in named.mentioned_by), reverse=True
    )
