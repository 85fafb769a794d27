"""Dates in references (CSL 1.0.2, “Date”)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from generator.citations.join import enclose, join_all
from generator.citations.style import Style

_ORDER = ("year", "month", "day")
_LIMITS = {"year": ("year",), "year-month": ("year", "month")}
_LAST_YEARS = 100


def build_date_writer(
    style: Style, element: Element, *, sorting: bool = False
) -> Callable[[Sequence[int]], str]:
    """Return what writes a date of year, month and day, as far as they are known.

    In a key to sort by, it is a number of eight digits.
    """
    form = element.get("form")
    wanted = _LIMITS.get(element.get("date-parts", ""), _ORDER)
    own = {part.get("name", ""): part.attrib for part in element.findall("date-part")}
    parts = [
        {**part.attrib, **(own.get(part.get("name", ""), {}) if form else {})}
        for part in (style.dates[form] if form else element).findall("date-part")
    ]
    if form:
        parts = [part for part in parts if part["name"] in wanted]
    if sorting:
        names = {part["name"] for part in parts} or set(_ORDER)
        return lambda date: "".join(
            f"{value:0{2 + 2 * (name == 'year')}}"
            for name, value in zip(_ORDER, date, strict=False)
            if name in names
        )
    between = element.get("delimiter", "")

    def write(date: Sequence[int]) -> str:
        known = dict(zip(_ORDER, date, strict=False))
        here = [part for part in parts if part["name"] in known]
        said = [
            enclose(
                part.get("prefix", ""),
                _write_part(style, part["name"], part.get("form", "long"), known[part["name"]]),
                part.get("suffix", "") if number < len(here) - 1 or not form else "",
            )
            for number, part in enumerate(here)
        ]
        return join_all(said, between)

    return write


def _write_part(style: Style, name: str, form: str, value: int) -> str:
    if name == "year":
        return f"{value % _LAST_YEARS:02}" if form == "short" else str(value)
    if form == "numeric-leading-zeros":
        return f"{value:02}"
    if name == "day" or form == "numeric":
        return str(value)
    return style.find_term(f"month-{value:02}", form)
