"""Escaping for single lines: without invisible characters and, in tables, without spreadsheet formulas."""

from __future__ import annotations

import re

from generator.text.normalise import normalise

_SPACES = re.compile(r"\s+")
_BEGINNING = r"(?:^|(?<=;))"
_FORMULA = r"""(?=[\s"']*[=+\-@＝＋－＠])"""
_TO_ESCAPE = re.compile(_BEGINNING + _FORMULA)
_ESCAPED = re.compile(f"{_BEGINNING}'{_FORMULA}")


def clean_line(text: str) -> str:
    """Return the text on one line with single spaces and without invisible characters.

    The characters removed by `normalise` are not allowed in XML (XML 1.0, production 2), and two of them are
    placeholders of Python-Markdown. Texts lose nothing else on their way to a page, feed or file.
    """
    text = normalise(text)
    return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)


def escape_line(text: str) -> str:
    """Return a text for a format in which values end with the line, such as RIS."""
    return clean_line(text).strip()


def escape_cell(text: str) -> str:
    """Return a cell that no spreadsheet reads as a formula; commas and quotes are left to the CSV writer.

    Formulas begin with one of `= + - @`, in some languages also with their wide forms; an apostrophe before them makes
    them text (owasp.org/www-community/attacks/CSV_Injection). In locales with decimal commas, spreadsheets split lines
    at semicolons, so the text after a semicolon is also treated as the start of a cell.
    """
    return _TO_ESCAPE.sub("'", escape_line(text))


def restore_cell(text: str) -> str:
    """Return the text of a cell before `escape_cell`, or before a person marked it as text in the same way."""
    return _ESCAPED.sub("", text)
