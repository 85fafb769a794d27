"""Escaping for GitHub workflow commands, which a runner reads from the output of a step.

The rules are those of GitHub's own toolkit (github.com/actions/toolkit, packages/core/src/command.ts): a message ends
with its line, and a value of a property also with a comma or colon.
"""

from __future__ import annotations

from generator.text.normalise import normalise

_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_VALUE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def escape_command(text: str) -> str:
    """Return a text as the message of a workflow command; line breaks are kept."""
    return normalise(text).translate(_MESSAGE)


def escape_property(text: str) -> str:
    """Return a text as the value of a property of a workflow command, such as `file`."""
    return normalise(text).translate(_VALUE)
