"""Ids: a form, no reuse, and no dependence on the order of the inputs."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Paper
from generator.shelf.ids import RESERVED, assign_ids, build_slug, is_id


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
