"""Numbers, ordinals and ranges of pages in references (CSL 1.0.2, “Number” and “Appendix V: Page Range Formats”)."""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMERIC = re.compile(r"[^\W\d_]?\d+[^\W\d_]*(?:\s*[,&–-]\s*[^\W\d_]?\d+[^\W\d_]*)*")
_RANGE = re.compile(r"(?<![\w.])(\d+)\s*[–-]+\s*(\d+)(?![\w.])")
_SEVERAL = re.compile(r"\d\s*[–,&-]\s*\S")


def is_numeric(text: str) -> bool:
    """Return whether a text is a number, or several, each with a letter at most before it.

    >>> is_numeric("2nd"), is_numeric("L2, 3"), is_numeric("second")
    (True, True, False)
    """
    return _NUMERIC.fullmatch(text) is not None


def is_several(text: str) -> bool:
    """Return whether a text has more than one number, as `12–19`."""
    return _SEVERAL.search(text) is not None


def render_number(text: str, form: str, find_term: Callable[[str], str]) -> str:
    """Return a number in a form, such as `ordinal`; a text that is no number stays as it is.

    The ending of an ordinal is a term: that of its last two digits, of its last digit, or of any number.

    >>> render_number("22", "ordinal", {"ordinal-02": "nd", "ordinal-22": ""}.__getitem__), render_number("3-4", "", str)
    ('22nd', '3–4')
    """
    if not is_numeric(text):
        return text
    if form == "ordinal" and text.isdecimal():
        number = int(text)
        names = (f"ordinal-{number % 100:02}", f"ordinal-{number % 10:02}", "ordinal")
        return text + next(filter(None, map(find_term, names)), "")
    return text.replace("-", "–")


def write_pages(pages: str, form: str) -> str:
    """Return pages with an en dash in ranges, whose last page is written as the style wants it.

    >>> write_pages("101-119", "expanded"), write_pages("101-119", "chicago-16"), write_pages("S1-1", "")
    ('101–119', '101–19', 'S1-1')
    """
    return _RANGE.sub(lambda match: f"{match[1]}–{_write_last(match[1], match[2], form)}", pages)


def _write_last(first: str, last: str, form: str) -> str:
    if not form:
        return last
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if form == "expanded" or len(first) != len(last) or int(last) < int(first):
        return last
    differing = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(last) - 1)
    if form == "minimal":
        return last[differing:]
    if form == "minimal-two":
        return last[min(differing, max(0, len(last) - 2)) :]
    return last[_find_cut(first, differing) :]


def _find_cut(first: str, differing: int) -> int:
    """Return how many digits of the last page the Chicago Manual of Style leaves out (16th edition, section 9.60)."""
    if len(first) <= 2 or first.endswith("00"):  # noqa: PLR2004 (as the manual says)
        return 0
    if first[-2] == "0" and differing >= len(first) - 2:
        return differing
    return min(differing, len(first) - 2)
