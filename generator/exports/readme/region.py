"""The generated part of a README: between markers, otherwise from the first section of papers to the last."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from generator.formats.readme.parse import list_headings
from generator.topics.from_groups import build_topic_id

BEGIN = "<!-- papershelf: the list below is generated from the shelf; write outside of it -->"
END = "<!-- papershelf: end of the list -->"
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_TEMPLATE = re.compile(r"--template (\S+)")
_BEGIN, _END = "<!-- papershelf: the list", "<!-- papershelf: end"


class RegionError(Exception):
    """Raised when the place of the list in a README is unclear; the message says what to do."""


class Region(Struct, frozen=True, kw_only=True):
    """A README around its list."""

    before: str
    list: str
    """The former list, without markers."""
    after: str
    level: int = 2
    """The level of the list's headings."""
    moved: tuple[str, ...] = ()
    """Headings without papers that were moved below the list."""
    template: str = ""
    """The template of the list, as named in its first marker; empty for the default."""
    badges: bool = False
    """Whether the list has badges."""

    def fill(self, text: str, *, template: str = "", badges: bool = False) -> str:
        """Return the README with another list; the marker stores the template and badges for the next export."""
        said = [f"--template {template}"] * bool(template) + ["--badges"] * badges
        begin = BEGIN.replace(" -->", f"; made with {' '.join(said)} -->") if said else BEGIN
        before = f"{self.before.rstrip()}\n\n" if self.before.strip() else ""
        after = f"\n{self.after.lstrip()}" if self.after.strip() else ""
        return f"{before}{begin}\n\n{text.strip()}\n\n{END}\n{after}"


def find_region(text: str, topics: Collection[str]) -> Region:
    """Return a README around its list; `topics` are the names of all topics.

    Raises:
        RegionError: if there is only one marker, or no marker and no heading that is a topic.
    """
    lines = _LINE.findall(text)
    begins = [n for n, line in enumerate(lines) if line.startswith(_BEGIN)]
    ends = [n for n, line in enumerate(lines) if line.startswith(_END)]
    if len(begins) == len(ends) == 1 and begins[0] < ends[0]:
        inner = "".join(lines[begins[0] + 1 : ends[0]])
        headings = [level for level, _, _, _ in list_headings(inner)]
        return Region(
            before="".join(lines[: begins[0]]),
            list=inner,
            after="".join(lines[ends[0] + 1 :]),
            level=min(headings, default=2),
            template=found[1] if (found := _TEMPLATE.search(lines[begins[0]])) else "",
            badges="--badges" in lines[begins[0]],
        )
    if begins or ends:
        raise RegionError(
            f"the list needs one line that begins with `{_BEGIN}` and after it one that begins with `{_END}`"
        )
    return _find_sections(text, lines, topics)


def _find_sections(text: str, lines: Sequence[str], topics: Collection[str]) -> Region:
    """Return the README around the sections whose headings are topics."""
    names = {build_topic_id(name) for name in topics}
    blocks = list_headings(text)
    matched = [n for n, (_, name, _, _) in enumerate(blocks) if build_topic_id(name) in names]
    if not matched:
        raise RegionError(
            f"no heading is a topic: insert the lines `{BEGIN}` and `{END}` at the place of the list"
        )
    level = min(blocks[n][0] for n in matched)
    first, last = matched[0], matched[-1]
    stop = next((n for n in range(last + 1, len(blocks)) if blocks[n][0] <= level), len(blocks))
    moved: list[str] = []
    kept: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    inside = False
    for n in range(first, stop):
        depth, name, start, end = blocks[n]
        if depth <= level:
            inside = n in matched
            if not inside:
                moved.append(name)
        (kept if inside else gaps).append((start, end))
    start = blocks[first][2]
    finish = blocks[stop][2] if stop < len(blocks) else len(lines)
    between = "".join(line for begin, end in gaps for line in lines[begin:end])
    return Region(
        before="".join(lines[:start]),
        list="".join(line for begin, end in kept for line in lines[begin:end]),
        after=f"{between}{''.join(lines[finish:])}",
        level=level,
        moved=tuple(moved),
    )
