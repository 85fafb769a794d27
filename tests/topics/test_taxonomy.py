"""Errors in `topics.yml`: the message names the topic, and the hint fits the error."""

from __future__ import annotations

import pytest

from generator.topics.taxonomy import FILE, load_taxonomy


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("- {id: A b, name: Owls}\n", "invalid topic id 'A b'", "use a-z, 0-9 and hyphens"),
        (
            "- {id: index, name: Owls}\n",
            "invalid topic id 'index'",
            "this id is reserved: choose another one",
        ),
        (
            "- {id: owls, name: Owls, aliases: [page]}\n",
            "topic owls: the alias 'page' is not a valid topic id",
            "this id is reserved: choose another one",
        ),
        (
            "- {id: owls, name: Owls, rules: [{in: title}]}\n",
            "topic owls: a rule without `any` or `all` never matches",
            "a rule is a phrase",
        ),
    ],
)
def test_an_error_names_the_topic_and_what_to_do(tmp_path, text, message, hint):
    (tmp_path / FILE).write_text(text)
    (problem,) = load_taxonomy(tmp_path)[1]
    assert (problem.message, problem.hint.startswith(hint)) == (message, True)
