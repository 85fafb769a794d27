"""Elements of a style as functions, where no published style shows the rule alone."""

from xml.etree.ElementTree import fromstring

import pytest

from generator.citations.facts import build_facts
from generator.citations.join import join_all
from generator.citations.render import Maker
from generator.citations.style import load_style
from generator.citations.work import Shape, Work
from generator.model import Paper

PAPER = Paper(title="Owls", volume="3", venue="Birds", venue_type="journal")
TITLE = '<names variable="author"><substitute><text variable="title"/></substitute></names>'


def write(layout, paper=PAPER):
    """Return what the elements of a layout write of a paper."""
    facts = build_facts(paper)
    maker = Maker(load_style("apa"), Shape(facts.type, frozenset(facts.texts)))
    work, said = Work(facts), []
    for part in maker.make_all(fromstring(f"<layout>{layout}</layout>")):  # noqa: S314 (written above)
        part.write(work, said)
    return join_all(said, " ")


def test_what_stands_in_the_place_of_names_is_not_said_again_nor_what_belongs_to_it():
    assert (
        write(f'{TITLE}<group delimiter=" "><text value="called"/><text variable="title"/></group>') == "Owls"
    )
    assert write(f"{TITLE}<text variable='volume'/>") == "Owls 3"


def test_a_group_is_silent_where_nothing_it_asks_for_is_known():
    assert write('<group delimiter=" "><text value="no."/><text variable="issue"/></group>') == ""
    assert write('<group delimiter=" "><text value="no."/><text variable="volume"/></group>') == "no. 3"
    assert write('<group delimiter=" "><text value="no facts asked for"/></group>') == "no facts asked for"


@pytest.mark.parametrize(
    ("attributes", "taken"),
    [
        ('type="article-journal book" match="any"', True),
        ('type="book"', False),
        ('variable="volume issue"', False),
        ('variable="volume issue" match="any"', True),
        ('variable="issue DOI" match="none"', True),
        ('variable="issue volume" match="none"', False),
        ('is-numeric="volume"', True),
        ('is-numeric="container-title"', False),
        ('is-numeric="container-title" match="none"', True),
        ('type="article-journal" is-numeric="volume"', True),
        ('position="first"', False),
    ],
)
def test_a_condition_is_met(attributes, taken):
    choose = f'<choose><if {attributes}><text value="yes"/></if><else><text value="no"/></else></choose>'
    assert write(choose) == ("yes" if taken else "no")


def test_the_delimiter_around_a_choice_goes_between_its_texts():
    choose = (
        '<choose><if type="article-journal"><text variable="title"/><text variable="volume"/></if></choose>'
    )
    assert write(f'<group delimiter=", ">{choose}</group>') == "Owls, 3"


def test_an_element_that_no_style_has_is_named():
    with pytest.raises(ValueError, match="apa: there is no element owl"):
        write("<owl/>")
