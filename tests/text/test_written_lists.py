"""Lists that programs wrote into one text, and texts that only look like them."""

import pytest

from generator.text.written_lists import read_list


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("['Jane Owl', 'Bob Wren']", ("Jane Owl", "Bob Wren")),
        ('["Jane Owl", "Bob Wren"]', ("Jane Owl", "Bob Wren")),
        ('["Jane Owl","Bob Wren"]', ("Jane Owl", "Bob Wren")),
        ("['Jane Owl' 'Bob Wren']", ("Jane Owl", "Bob Wren")),
        ("['Jane Owl'\n 'Bob Wren']", ("Jane Owl", "Bob Wren")),
        ("('Jane Owl', 'Bob Wren')", ("Jane Owl", "Bob Wren")),
        ("{'Jane Owl', 'Bob Wren'}", ("Jane Owl", "Bob Wren")),
        ("['Owl, Jane', 'Wren, Bob',]", ("Owl, Jane", "Wren, Bob")),
        ("[\"Jane O'Wren\", 'Bob']", ("Jane O'Wren", "Bob")),
        (r"['Jane O\'Wren', 'S\xe9v']", ("Jane O'Wren", "Sév")),
        ("['Jane O'Wren', 'Bob']", ("Jane O'Wren", "Bob")),
        (r'["M\u00f6we"]', ("Möwe",)),
        ('[{"name": "Jane Owl"}, {"name": "Bob Wren"}]', ("Jane Owl", "Bob Wren")),
        ("[{'authorId': '1', 'name': 'Jane Owl'}, {'name': None}]", ("Jane Owl",)),
        ('[{"given": "Jane", "family": "Owl"}]', ("Jane Owl",)),
        ("[Owls] at night", None),
        ("[Jane Owl, Bob Wren]", None),
        ("{Owl Team}", None),
        ("[1, 2]", None),
        ("[]", None),
        ("'a', 'b'", None),
        ("", None),
        ("[", None),
        ('["', None),
    ],
)
def test_a_written_list_is_read_and_nothing_else(text, items):
    assert read_list(text) == items


@pytest.mark.parametrize("part", ["'", '"', "[", "{", "' ", "'a',", "\\", "[{"])
def test_long_lists_cost_no_more_than_their_length(part):
    read_list("['" + part * 50_000 + "]")
    read_list("[" + part * 50_000 + "]")
