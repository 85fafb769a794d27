"""Escaping for single lines: no invisible characters, and no formulas of spreadsheets in tables."""

from __future__ import annotations

import re

from generator.text.normalise import normalise

_SPACES = re.compile(r"\s+")
_BEGINNING = r"(?:^|(?<=;))"
_FORMULA = r"""(?=[\s"']*[=+\-@＝＋－＠])"""
_TO_ESCAPE = re.compile(_BEGINNING + _FORMULA)
_ESCAPED = re.compile(f"{_BEGINNING}'{_FORMULA}")


def clean(text: str) -> str:
    """Return the text on one line with single spaces, without characters that nobody can see.

    What `normalise` takes out no XML may hold (XML 1.0, production 2), and two of the controls are Python-Markdown's own
    placeholders; it is all that texts lose on their way to a page, a feed or a file.
    """
    text = normalise(text)
    return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)


def escape_line(text: str) -> str:
    """Return a text for a format whose values end with their line, as those of RIS do."""
    return clean(text).strip()


def escape_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; commas and quotes are left to the writer of the table.

    A formula begins with one of `= + - @`, in some languages also with their wide forms; so that it is text, an
    apostrophe is before it (owasp.org/www-community/attacks/CSV_Injection). Where a comma is the character of decimals,
    spreadsheets cut the lines of a table at semicolons, so what follows one is the beginning of a cell too.
    """
    return _TO_ESCAPE.sub("'", escape_line(text))


def restore_cell(text: str) -> str:
    """Return the text of a cell as it was before `escape_cell`, or before a person marked it as text alike."""
    return _ESCAPED.sub("", text)
