"""Who is meant by a name: entries of `names.yml`, ORCIDs in records, and names alone."""

import pytest

from generator.directory import build_directory
from generator.editorial import NameEntry
from generator.problems import Place
from generator.text.names import is_orcid

ONE, TWO, THREE = "0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-9079-593X"


def entry(name, kind="author", **more):
    return NameEntry(name=name, kind=kind, place=Place(file="names.yml", line=1), **more)


def make(*entries, authors=()):
    return build_directory(entries, lambda: authors)


def who(directory, name, orcid="", paper="p"):
    person = directory.find_person(name, orcid, paper)
    return person.name, person.slug


def test_a_name_of_which_nothing_is_known_stands_for_itself():
    assert who(make(), "Jané Owl") == ("Jané Owl", "jane-owl")
    assert who(make(entry("Bo Bat")), "Jané Owl") == ("Jané Owl", "jane-owl")


def test_an_entry_means_its_name_and_aliases_in_any_spelling():
    directory = make(entry("Jane Owl", aliases=("J. Owl", "团队")))
    assert [who(directory, name) for name in ("jane owl", "J Owl", "团队", "J. O.")] == [
        *3 * [("Jane Owl", "jane-owl")],
        ("J. O.", "j-o"),
    ]
    assert directory.list_forms("J Owl", "", "p") == ("J Owl", "Jane Owl", "J. Owl", "团队")
    assert min(slug for slug, _ in directory.list_author_slugs()) == "j-owl"


def test_papers_and_orcids_tell_people_of_one_name_apart():
    directory = make(
        entry("Wei Wren", id="wren-kiel", papers=("owls",)),
        entry("Wei Wren", id="wren-bonn", orcid=ONE),
        entry("Wei Wren", id="wren-ulm", orcid=THREE),
    )
    assert who(directory, "Wei Wren", paper="owls") == ("Wei Wren", "wren-kiel")
    assert who(directory, "Wei Wren", ONE) == ("Wei Wren", "wren-bonn")
    assert who(directory, "W. Wren", THREE.lower()) == ("Wei Wren", "wren-ulm")
    assert who(directory, "Wei Wren", paper="mice") == ("Wei Wren", "wei-wren"), "nobody knows who it is"


def test_names_with_one_orcid_are_one_person_also_where_it_is_not_given():
    authors = [("Jane Owl", ONE), ("Jane Owl", ONE), ("J. Owl", ONE), ("J. Owl", ""), ("Bo Bat", TWO)]
    directory = make(authors=authors)
    assert {who(directory, name, orcid) for name, orcid in authors[:4]} == {("Jane Owl", "jane-owl")}
    assert directory.find_person("J. Owl", "", "p").orcid == ONE
    assert dict(directory.list_author_slugs()) == {"j-owl": "jane-owl"}
    assert who(directory, "Bo Bat", TWO) == ("Bo Bat", "bo-bat")
    assert directory.by_orcid.keys() == {ONE}, "what says nothing new is not kept"


def test_a_name_with_two_orcids_is_two_people_and_a_third_without():
    directory = make(authors=[("Wei Wren", ONE), ("Wei Wren", TWO), ("Wren, Bo", THREE), ("Wei Wren", "")])
    slugs = [who(directory, "Wei Wren", orcid)[1] for orcid in (ONE, TWO, "")]
    assert slugs == [f"wei-wren-{ONE}", f"wei-wren-{TWO}", "wei-wren"]


def test_a_shared_name_does_not_join_the_people_who_have_it():
    authors = [("Wei Wren", ONE), ("W. Wren", ONE), ("Wen Wren", TWO), ("W. Wren", TWO)]
    directory = make(authors=authors)
    assert who(directory, "W. Wren", ONE) == ("Wei Wren", "wei-wren")
    assert who(directory, "W. Wren", TWO) == ("Wen Wren", "wen-wren")
    assert who(directory, "W. Wren") == ("W. Wren", "w-wren")


def test_an_orcid_of_names_without_a_common_word_joins_nothing():
    directory = make(authors=[("Jane Owl", ONE), ("Bo Bat", ONE)])
    assert who(directory, "Jane Owl", ONE) == ("Jane Owl", "jane-owl")
    assert who(directory, "Bo Bat", ONE) == ("Bo Bat", "bo-bat")


def test_what_is_no_orcid_tells_nothing():
    directory = make(authors=[("Jane Owl", "0000-0002-1825-0098"), ("J. Owl", "0000-0002-1825-0098")])
    assert who(directory, "J. Owl", "0000-0002-1825-0098") == ("J. Owl", "j-owl")


def test_another_orcid_is_another_person_than_that_of_the_entry():
    directory = make(entry("Wei Wren", orcid=ONE), authors=[("Wei Wren", TWO), ("Wei Wren", "")])
    assert who(directory, "Wei Wren", TWO) == ("Wei Wren", f"wei-wren-{TWO}")
    assert who(directory, "Wei Wren") == ("Wei Wren", "wei-wren")
    assert directory.find_person("Wei Wren", "", "p").orcid == ONE


def test_an_orcid_that_joins_nothing_is_still_another_than_that_of_the_entry():
    directory = make(entry("Wei Wren", orcid=ONE), authors=[("Wei Wren", TWO), ("Bo Bat", TWO)])
    assert who(directory, "Wei Wren", TWO) == ("Wei Wren", f"wei-wren-{TWO}")
    assert who(directory, "Bo Bat", TWO) == ("Bo Bat", "bo-bat")


def test_an_entry_without_an_orcid_means_everybody_with_its_names():
    authors = [("Jane Owl", ONE), ("Jane Owl", TWO), ("J. Owl", TWO)]
    directory = make(entry("Jane Owl", aliases=("J. Owl",)), authors=authors)
    assert {who(directory, *author) for author in authors} == {("Jane Owl", "jane-owl")}


@pytest.mark.parametrize(
    ("written", "name", "slug"),
    [
        ("NN", "Journal of Nests", "journal-of-nests"),
        ("nn 2024", "Journal of Nests 2024", "journal-of-nests-2024"),
        ("Nest News, 2023", "Journal of Nests 2023", "journal-of-nests-2023"),
        ("NN 2024 Workshop", "NN 2024 Workshop", "nn-2024-workshop"),
        ("NN 36", "NN 36", "nn-36"),
        ("2024", "2024", "2024"),
    ],
)
def test_a_venue_keeps_its_year(written, name, slug):
    directory = make(entry("Journal of Nests", "venue", aliases=("NN", "Nest News")))
    venue = directory.find_venue(written)
    assert (venue.name, venue.slug) == (name, slug)


def test_lists_of_venues_have_the_addresses_of_their_aliases():
    directory = make(entry("Nests", "venue", aliases=("NN", "News of Nests")), entry("Owls", "venue"))
    slugs = sorted(directory.list_venue_slugs(["nests", "nests-2024", "owls", "wrens-2024"]))
    expected = [("news-of-nests", "nests"), ("news-of-nests-2024", "nests-2024"), ("nn", "nests"), ("nn-2024", "nests-2024")]  # fmt: skip
    assert slugs == expected


def test_an_orcid_has_the_right_check_digit():
    assert all(map(is_orcid, (ONE, TWO, THREE)))
    assert not any(
        map(is_orcid, ("", ONE[:-1], ONE.replace("-", ""), f"{ONE[:-1]}8", THREE.lower(), f"{ONE}0"))
    )
