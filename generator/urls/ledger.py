"""`urls.txt`, the ledger: the URL of every page, feed and export that was ever published.

A line has, separated by tabs: a URL relative to the site (`./` is the home page), the title, the identifiers of a
paper, and `removed` or `removed: REASON` if the content was removed on purpose. Lines are written sorted by URL, but
may be read in any order. Two lines for the same URL are allowed, because Git keeps both when it merges two branches
that changed neighbouring lines (`merge=union` in `.gitattributes`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from generator.model import Published
from generator.problems import Place, Problem, error
from generator.storage.conflict_markers import load_merged
from generator.storage.text_file import make_plain, split_lines
from generator.text.maths import plain
from generator.text.titles import build_fingerprint, fold_title

FILE = "urls.txt"
_HEAD = "# All URLs that were ever published. `papershelf check --update-ledger` adds new ones.\n"
_HOME = "./"
_PAPERS = "papers/"
_REMOVED = "removed"
_REASONS = "; "
_MARK = re.compile(rf"{_REMOVED}(?:: \S.*)?")
_CELLS = 4
_MAX_ADDRESS = 1000
# URLs of pages, feeds and exports. Files of the theme and files named by their content do not count.
_KINDS = re.compile(
    r"(?:[^?#]*/)?(?:[^/?#]+\.html)?|(?:topics/[^/?#]+/)?feed\.(?:xml|json)|data/[^?#]+[^/?#]"
)
_RESERVED = re.compile(r"(?:assets|cards|search/index|\.[^/]*)/|404\.html$")
_HINT = "write a URL relative to the site, a tab and a title, or remove the line if it was never published"
_CONTROLS = {"Cc", "Cs", "Zl", "Zp"}
_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""The minimum share of words that two titles of the same paper have in common."""


def load_ledger(content: Path) -> tuple[Mapping[str, Published], tuple[Problem, ...]]:
    """Return the published pages and files by URL, and every error in the file; a missing file gives an empty ledger."""
    path = content / FILE
    if not path.exists():
        return {}, ()
    text, faults = load_merged(path, name=FILE, inside=content)
    ledger, problems = parse_ledger(text, file=FILE)
    return ledger, (*faults, *problems)


def parse_ledger(text: str, *, file: str) -> tuple[Mapping[str, Published], tuple[Problem, ...]]:
    """Return the published pages and files by URL, in the order of the text, and every error with its line.

    Two lines for the same URL are merged, unless they are for different papers.
    """
    found: dict[str, Published] = {}
    problems: list[Problem] = []
    for number, row in enumerate(text.split("\n"), start=1):
        if not row or row.startswith("# "):
            continue
        address, *cells = row.split("\t")
        address = "" if address == _HOME else address
        place, fault = Place(file=file, line=number), _find_fault(row, address, cells)
        if fault:
            problems.append(error("bad-address", f"{row[:80]!r}: {fault}", place, _HINT))
            continue
        what = replace(_read_cells(cells), line=number)
        if address in found and not _may_join(address, found[address], what):
            twice = f"{row[:80]!r}: line {found[address].line} has another paper at this URL"
            problems.append(
                error("bad-address", twice, place, "keep the line of the paper that was published first")
            )
            continue
        found[address] = _join(found[address], what) if address in found else what
    return found, tuple(problems)


def _may_join(address: str, one: Published, two: Published) -> bool:
    """Return whether two lines for the same URL are for the same page, in either order."""
    if not address.startswith(_PAPERS):
        return True
    pair = [replace(what, is_paper=True) for what in (one, two)]
    return is_same(*pair) and is_same(*reversed(pair))


def _join(one: Published, two: Published) -> Published:
    """Return the merged content of two lines for the same URL, independent of their order.

    The title of the line with `removed` is kept, otherwise the first in alphabetical order. For a page that is still
    published, the next update of the ledger writes its current title. Reasons for a removal are all kept.
    """
    first = min(one, two, key=lambda what: (not what.removed, what.title))
    names = tuple(sorted({*one.names, *two.names}))
    note = one.note or two.note
    if one.note and two.note and one.note != two.note:
        note = _REASONS.join(sorted({*one.note.split(_REASONS), *two.note.split(_REASONS)}))
    removed = one.removed or two.removed
    return replace(first, names=names, removed=removed, note=note, line=min(one.line, two.line))


def _read_cells(cells: Sequence[str]) -> Published:
    title, names, mark = (*cells, "", "")[:3]
    note = mark.removeprefix(_REMOVED).removeprefix(":").strip()
    return Published(title=title, names=tuple(names.split()), removed=bool(mark), note=note)


def _find_fault(row: str, address: str, cells: list[str]) -> str:
    """Return the error in a line, as text."""
    if not cells or not cells[0].strip() or len(cells) >= _CELLS:
        return "a line must consist of a URL, a title and optional identifiers, separated by tabs"
    if any(
        unicodedata.category(sign) in _CONTROLS for sign in row if not sign.isprintable() and sign != "\t"
    ):
        return "the line contains control characters"
    if len(cells) == _CELLS - 1 and not _MARK.fullmatch(cells[-1]):
        return f"the last cell must be `{_REMOVED}` or `{_REMOVED}: REASON`"
    return "" if is_ledger_url(address) else "this is not the URL of a page, a feed or an export"


def is_ledger_url(text: str) -> bool:
    """Return whether a text is a URL for the ledger: relative, without special characters, and not a file of the theme."""
    parts = text.rstrip("/").split("/")
    return (
        len(text) <= _MAX_ADDRESS
        and not (text and any(part in {"", ".", ".."} for part in parts))
        and not any(sign in text for sign in '\\:"<>|*')
        and bool(_KINDS.fullmatch(text))
        and not _RESERVED.match(text)
    )


def render_ledger(ledger: Mapping[str, Published]) -> str:
    """Return the text of a ledger with these URLs, sorted."""
    return _HEAD + "".join(_render_line(address, ledger[address]) for address in sorted(ledger))


def _render_line(address: str, what: Published, end: str = "\n") -> str:
    mark = f"{_REMOVED}: {what.note}" if what.note else _REMOVED
    cells = [address or _HOME, what.title, " ".join(what.names), mark if what.removed else ""]
    return "\t".join(cells).rstrip("\t") + end


def revise_ledger(text: str, ledger: Mapping[str, Published]) -> str:
    """Return the text of the file updated with these URLs; unchanged lines and comments stay as they are."""
    if not make_plain(text).strip():
        return render_ledger(ledger)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    rows = split_lines(text[len(mark) :])
    end = rows[0][len(rows[0].rstrip("\r\n")) :] or "\n"
    there, last = _sort_rows(rows)
    new = deque(sorted(ledger.keys() - there.keys()))
    made: list[str] = []
    for address, (remarks, row) in there.items():
        while new and new[0] < address:
            key = new.popleft()
            made.append(_render_line(key, ledger[key], end))
        what = replace(ledger[address], line=0, is_paper=False)
        is_same_line = _read_cells(row.rstrip("\r\n").split("\t")[1:]) == what
        made += [*remarks, row if is_same_line else _render_line(address, what, end)]
    made += [*(_render_line(key, ledger[key], end) for key in new), *last]
    whole = [row if row.endswith(("\n", "\r")) else row + end for row in made[:-1]]
    return mark + "".join([*whole, *made[-1:]])


def _sort_rows(rows: Iterable[str]) -> tuple[dict[str, tuple[list[str], str]], list[str]]:
    """Return the line of each URL in order with the comments above it, and the comments at the end.

    If a merge by Git left two lines for the same URL, the first is kept.
    """
    found: dict[str, tuple[list[str], str]] = {}
    remarks: list[str] = []
    for row in rows:
        address = _read_address(row)
        if address is None:
            remarks.append(row)
        elif address in found:
            found[address][0].extend(remarks)
            remarks = []
        else:
            found[address] = (remarks, row)
            remarks = []
    return {address: found[address] for address in sorted(found)}, remarks


def _read_address(row: str) -> str | None:
    """Return the URL of a line, or None."""
    plain = row.rstrip("\r\n")
    address = plain.partition("\t")[0]
    return None if not plain or plain.startswith("# ") else "" if address == _HOME else address


def extend_ledger(ledger: Mapping[str, Published], now: Mapping[str, Published]) -> dict[str, Published]:
    """Return the ledger extended by the current URLs: new URLs are added, titles are updated, and nothing is deleted.

    A URL that another paper has taken keeps its first entry, because a person must correct this error.
    """
    merged = dict(ledger)
    for address, what in now.items():
        old = find_published(ledger, address) if what.is_paper else ledger.get(address)
        if old is None:
            merged[address] = what
        elif is_same(old, what):
            names = tuple(sorted({*old.names, *what.names}))
            merged[address] = replace(what, names=names, line=old.line)
    return merged


def is_feed(address: str) -> bool:
    """Return whether a URL is that of a feed."""
    return address.rpartition("/")[2] in {"feed.xml", "feed.json"}


def find_published(ledger: Mapping[str, Published], address: str) -> Published | None:
    """Return what was published at a page's URL in either form, `owls/` or `owls.html`, or None."""
    other = f"{address[:-1]}.html" if address.endswith("/") else f"{address.removesuffix('.html')}/"
    return ledger.get(address) or ledger.get(other)


def list_reused(
    ledger: Mapping[str, Published], now: Mapping[str, Published]
) -> Iterator[tuple[str, Published]]:
    """Yield each URL that now belongs to another paper than before, with the paper that was published there."""
    for address, what in now.items():
        old = find_published(ledger, address) if what.is_paper else None
        if old is not None and not is_same(old, what):
            yield address, old


def _disagree(one: Collection[str], two: Collection[str]) -> bool:
    """Return whether two papers have identifiers of the same kind but share none of that kind."""
    kinds = {name.partition(":")[0] for name in one} & {name.partition(":")[0] for name in two}
    return bool(kinds) and set(one).isdisjoint(two)


def is_same(old: Published, new: Published) -> bool:
    """Return whether two descriptions may be of the same paper: they share an identifier or most words of the title.

    If a paper was removed on purpose, different identifiers always mean another paper, whatever its title.
    """
    if not new.is_paper:
        return True
    if old.removed and _disagree(old.names, new.names):
        return False
    if old.title == new.title or set(old.names) & set(new.names):
        return True
    if build_fingerprint(old.title) == build_fingerprint(new.title):
        return True
    one, two = (set(_WORD.findall(fold_title(plain(each.title)))) for each in (old, new))
    return len(one & two) >= _ALIKE * max(1, len(one | two))
