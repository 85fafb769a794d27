"""Ids: a form, no reuse, and no dependence on the order of the inputs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Paper
from generator.records.ids import RESERVED, assign_ids, build_slug, is_id


def test_a_slug_is_made_of_whole_words_of_the_title():
    assert build_slug("Owl$^2$Net: A Möwe's “View” of C++") == "owl2net-a-mowes-view-of-c"
    long = build_slug("Owls " * 40)
    assert len(long) <= 80
    assert long.endswith("owls")


def test_papers_that_share_a_slug_all_get_a_digest():
    papers = [
        Paper(title="Owls!", links={"arxiv": ("2401.00001",)}),
        Paper(title="Owls?", links={"arxiv": ("2401.00002",)}),
    ]
    one, two = assign_ids(papers, taken=set())
    assert one != two
    assert all(key.startswith("owls-") for key in (one, two))
    assert assign_ids(papers[::-1], taken=set()) == (two, one)


def test_an_id_is_never_given_twice():
    (first,) = assign_ids([Paper(title="Owls")], taken={"owls"})
    assert first != "owls"
    (second,) = assign_ids([Paper(title="Owls")], taken={"owls", first})
    assert second not in {"owls", first}


@given(st.lists(st.text(max_size=120), max_size=6))
def test_any_title_gets_a_good_id_of_its_own(titles):
    ids = assign_ids([Paper(title=title) for title in titles], taken=set())
    assert len(set(ids)) == len(titles)
    assert all(is_id(key) and key not in RESERVED for key in ids)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("An Owl’s Night", "an-owls-night"),
        ("Owls &amp; Mice &#65; &#x41;", "owls-amp-mice-65-x41"),
        ("Owls" + " and" * 19, "owls" + "-and" * 19),
        ("Owls" + " and" * 18 + " squirrels", "owls" + "-and" * 18),
        ("o" * 90, "o" * 80),
    ],
)
def test_a_slug_has_what_fits_and_no_half_words(title, slug):
    assert build_slug(title) == slug


def test_an_id_may_have_eighty_characters():
    assert is_id("a" * 80)
    assert not is_id("a" * 81)
    assert not is_id("2024")


def test_a_title_that_nobody_else_has_is_the_id():
    papers = [Paper(title=title) for title in ("Owls at Night", "Index", "Wrens", "Mice")]
    ids = assign_ids(papers, taken={"mice"})
    assert ids[0] == "owls-at-night"
    assert ids[1].startswith("index-")
    assert ids[2] == "wrens"
    assert ids[3].startswith("mice-")


def test_what_nothing_tells_apart_is_numbered():
    ids = assign_ids([Paper(title="Owls")] * 4, taken=set())
    assert [key.removeprefix(ids[0]) for key in ids] == ["", "-2", "-3", "-4"]


def test_an_id_with_a_digest_and_a_number_still_fits():
    words = "owls" + " and" * 16  # 68 characters
    first, *_, last = assign_ids([Paper(title=words)] * 12, taken=set())
    assert first.startswith(words.replace(" ", "-") + "-")
    assert last == f"{first}-12"
    (cut,) = assign_ids([Paper(title=words + "s owls")], taken={build_slug(words + "s owls")})
    assert cut.startswith("owls" + "-and" * 15 + "-")
    assert len(cut) == 4 + 15 * 4 + 9


def test_an_id_that_was_published_as_another_papers_is_given_to_nobody_else():
    owls, wrens = Paper(title="Owls"), Paper(title="Wrens")
    asked = []
    one, two = assign_ids(
        [owls, wrens], taken=set(), was_others=lambda *given: asked.append(given) or given == ("owls", owls)
    )
    assert one.startswith("owls-")
    assert two == "wrens"
    assert asked[:2] == [("owls", owls), ("wrens", wrens)]


def test_nobody_gets_an_id_twice_or_one_that_was_anothers():
    papers = [Paper(title=title) for title in ("C++", "C#", "Owls")]
    first = assign_ids(papers, taken=set())
    papers.append(Paper(title=first[0].replace("-", " ")))  # a title that is the id of another
    ids = assign_ids(papers, taken=set())
    assert len(set(ids)) == len(ids)
    assert ids[3] == first[0]
    assert sorted(assign_ids(papers[::-1], taken=set())) == sorted(ids)
    gone = {"owls", first[1]}
    again = assign_ids(papers, taken=set(), was_others=lambda key, paper: bool(paper.title) and key in gone)
    assert not gone & set(again)
    assert again[1] == f"{first[1]}-2"
