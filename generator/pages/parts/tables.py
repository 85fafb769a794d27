"""Tables of numbers as views: cells with texts, links and bars."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.pages.parts.views import Named


class Cell(Struct, frozen=True, kw_only=True):
    """A cell: its texts, some of them links (URLs, not Markdown files), and a bar with a tick, in per cent."""

    parts: tuple[Named, ...]
    bar: str = ""
    tick: str = ""


class Table(Struct, frozen=True, kw_only=True):
    """A table with row headers in the first cells; `summary` is the text that opens it if it is folded below a chart."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summary: str = ""


def build_text_cell(text: str, link: str = "") -> Cell:
    """Return a cell with a text, optionally with a link."""
    return Cell(parts=(Named(text, link),))


def draw(cell: Cell, value: float, most: float, tick: float | None = None) -> Cell:
    """Return a cell with a bar below its text; `most` is the value of a full-length bar."""
    return replace(cell, bar=_percent(value, most), tick="" if tick is None else _percent(tick, most))


def build_table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], summary: str = ""
) -> Table:
    """Return a table."""
    return Table(caption=caption, head=tuple(head), rows=tuple(map(tuple, rows)), summary=summary)


def _percent(value: float, most: float) -> str:
    return f"{round(100 * value / most, 1):g}%" if most else "0%"
