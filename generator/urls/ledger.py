"""`urls.txt`, the ledger: every page, feed and export that was ever published.

A line has an address below the site's own (`./` is the home page), the title of what was there, the identifiers of a
paper, and `removed`, or `removed: why`, where it was taken away on purpose; tabs are between. The file is written in the order of the
addresses. It may be read in any order, and with two lines for one address: git leaves both when it merges two branches
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
_HEAD = "# Addresses that were published, kept for ever. `papershelf check --update-ledger` adds to them.\n"
_HOME = "./"
_PAPERS = "papers/"
_REMOVED = "removed"
_MARK = re.compile(rf"{_REMOVED}(?:: \S.*)?")
_CELLS = 4
_MAX_ADDRESS = 1000
# Pages and exports; files that are named by their content, or that belong to the theme, are none.
_KINDS = re.compile(
    r"(?:[^?#]*/)?(?:[^/?#]+\.html)?|(?:topics/[^/?#]+/)?feed\.(?:xml|json)|data/[^?#]+[^/?#]"
)
_RESERVED = re.compile(r"(?:assets|cards|search/index|\.[^/]*)/|404\.html$")
_HINT = "write a URL relative to the site, a tab and a title, or remove the line if it was never published"
_CONTROLS = {"Cc", "Cs", "Zl", "Zp"}
_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""The share of words that two titles of one paper have in common."""


def load_ledger(content: Path) -> tuple[Mapping[str, Published], tuple[Problem, ...]]:
    """Return what was published, by address, and every error of the file; a missing file is an empty ledger."""
    path = content / FILE
    if not path.exists():
        return {}, ()
    text, faults = load_merged(path, name=FILE, inside=content)
    ledger, problems = parse_ledger(text, file=FILE)
    return ledger, (*faults, *problems)


def parse_ledger(text: str, *, file: str) -> tuple[Mapping[str, Published], tuple[Problem, ...]]:
    """Return what was published, by address in the order of the text, and every error with its line.

    Two lines for one address are joined, unless they are of two papers.
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
                error("bad-address", twice, place, "keep the line of the paper that was there first")
            )
            continue
        found[address] = _join(found[address], what) if address in found else what
    return found, tuple(problems)


def _may_join(address: str, one: Published, two: Published) -> bool:
    """Return whether two lines for one address are of the same page; the order of the lines does not matter."""
    if not address.startswith(_PAPERS):
        return True
    pair = [replace(what, is_paper=True) for what in (one, two)]
    return is_same(*pair) and is_same(*reversed(pair))


def _join(one: Published, two: Published) -> Published:
    """Return what two lines for one address say together; the order of the lines does not matter.

    The title of the line with `removed` is kept, otherwise the first one in alphabetical order. The next update of the
    ledger gives a page that is still published its present title.
    """
    first = min(one, two, key=lambda what: (not what.removed, what.title))
    names = tuple(sorted({*one.names, *two.names}))
    note = min(filter(None, (one.note, two.note)), default="")
    removed = one.removed or two.removed
    return replace(first, names=names, removed=removed, note=note, line=min(one.line, two.line))


def _read_cells(cells: Sequence[str]) -> Published:
    title, names, mark = (*cells, "", "")[:3]
    note = mark.removeprefix(_REMOVED).removeprefix(":").strip()
    return Published(title=title, names=tuple(names.split()), removed=bool(mark), note=note)


def _find_fault(row: str, address: str, cells: list[str]) -> str:
    """Return what is wrong with a line, in words."""
    if not cells or not cells[0].strip() or len(cells) >= _CELLS:
        return "a line is a URL, a title and optional identifiers, separated by tabs"
    if any(
        unicodedata.category(sign) in _CONTROLS for sign in row if not sign.isprintable() and sign != "\t"
    ):
        return "it contains control characters"
    if len(cells) == _CELLS - 1 and not _MARK.fullmatch(cells[-1]):
        return f"the last cell can only be `{_REMOVED}`, or `{_REMOVED}: why`"
    return "" if is_address(address) else "this is not the URL of a page, a feed or an export"


def is_address(text: str) -> bool:
    """Return whether a text is an address that a site may keep: relative, plain, and none of the theme's own."""
    parts = text.rstrip("/").split("/")
    return (
        len(text) <= _MAX_ADDRESS
        and not (text and any(part in {"", ".", ".."} for part in parts))
        and not any(sign in text for sign in '\\:"<>|*')
        and bool(_KINDS.fullmatch(text))
        and not _RESERVED.match(text)
    )


def render_ledger(ledger: Mapping[str, Published]) -> str:
    """Return the file that holds these addresses, in order."""
    return _HEAD + "".join(_render_line(address, ledger[address]) for address in sorted(ledger))


def _render_line(address: str, what: Published, end: str = "\n") -> str:
    mark = f"{_REMOVED}: {what.note}" if what.note else _REMOVED
    cells = [address or _HOME, what.title, " ".join(what.names), mark if what.removed else ""]
    return "\t".join(cells).rstrip("\t") + end


def revise_ledger(text: str, ledger: Mapping[str, Published]) -> str:
    """Return the text of the file with these addresses in it; lines that say the same, and remarks, stay as they are."""
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
    """Return the line of each address in order, with the remarks above it, and the remarks at the end.

    Of two lines for one address, which git leaves when it merges two branches, the first is kept.
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
    """Return the address of a line; None where it has none."""
    plain = row.rstrip("\r\n")
    address = plain.partition("\t")[0]
    return None if not plain or plain.startswith("# ") else "" if address == _HOME else address


def extend_ledger(ledger: Mapping[str, Published], now: Mapping[str, Published]) -> dict[str, Published]:
    """Return the ledger with what is published now: addresses are added and titles renewed, and nothing is dropped.

    An address that another paper has taken keeps what was there first: that is an error which a person corrects.
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
    """Return whether an address is that of a feed."""
    return address.rpartition("/")[2] in {"feed.xml", "feed.json"}


def find_published(ledger: Mapping[str, Published], address: str) -> Published | None:
    """Return what was published at the address of a page, in either form: `owls/` or `owls.html`."""
    other = f"{address[:-1]}.html" if address.endswith("/") else f"{address.removesuffix('.html')}/"
    return ledger.get(address) or ledger.get(other)


def list_reused(
    ledger: Mapping[str, Published], now: Mapping[str, Published]
) -> Iterator[tuple[str, Published]]:
    """Yield the addresses under which another paper stands now than the one that was published there, and that one."""
    for address, what in now.items():
        old = find_published(ledger, address) if what.is_paper else None
        if old is not None and not is_same(old, what):
            yield address, old


def _disagree(one: Collection[str], two: Collection[str]) -> bool:
    """Return whether two papers have identifiers of one kind and none of that kind in common."""
    kinds = {name.partition(":")[0] for name in one} & {name.partition(":")[0] for name in two}
    return bool(kinds) and set(one).isdisjoint(two)


def is_same(old: Published, new: Published) -> bool:
    """Return whether two descriptions may be of one paper: an identifier or most words of the title are the same.

    A paper that was removed on purpose is another one as soon as the identifiers are others, whatever its title.
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
