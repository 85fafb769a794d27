"""`urls.txt`: every page, feed and export that was ever published, with what was there; kept for ever.

A line has an address below the site's own (`./` is the home page), the title of what was there, the identifiers of a
paper, and `removed` where it was taken away on purpose; tabs stand between. The file is written in the order of the
addresses. It may be read in any order, and with two lines for one address: git leaves both when it merges two branches
that changed neighbouring lines (`merge=union` in `.gitattributes`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.formats.text_file import load_text
from generator.model import Published
from generator.problems import Place, Problem, error
from generator.text.maths import plain
from generator.text.titles import build_fingerprint, fold_title

FILE = "urls.txt"
_HEAD = "# Addresses that were published, kept for ever. `papershelf check --update-ledger` adds to them.\n"
_HOME = "./"
_PAPERS = "papers/"
_REMOVED = "removed"
_CELLS = 4
_MAX_ADDRESS = 1000
# Pages and exports; files that are named by their content, or that belong to the theme, are none.
_KINDS = re.compile(
    r"(?:[^?#]*/)?(?:[^/?#]+\.html)?|(?:topics/[^/?#]+/)?feed\.(?:xml|json)|data/[^?#]+[^/?#]"
)
_RESERVED = re.compile(r"(?:assets|cards|search/index|\.[^/]*)/|404\.html$")
_HINT = (
    "write an address below the site's, a tab and a title, or take the line out where it was never published"
)
_CONTROLS = {"Cc", "Cs", "Zl", "Zp"}
_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""The share of words that two titles of one paper have in common."""


def load_ledger(content: Path) -> tuple[Mapping[str, Published], tuple[Problem, ...]]:
    """Return what was published, by address, and every fault of the file; a missing file is an empty ledger."""
    path = content / FILE
    if not path.exists():
        return {}, ()
    text, faults = load_text(path, name=FILE)
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
        title, names, mark = (*cells, "", "")[:3]
        what = Published(title=title, names=tuple(names.split()), removed=bool(mark), line=number)
        if address in found and not _may_join(address, found[address], what):
            twice = f"{row[:80]!r}: line {found[address].line} has another paper at this address"
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
    return replace(first, names=names, removed=one.removed or two.removed, line=min(one.line, two.line))


def _find_fault(row: str, address: str, cells: list[str]) -> str:
    """Return what is wrong with a line, in words."""
    if not cells or not cells[0].strip() or len(cells) >= _CELLS:
        return "a line is an address, a title and perhaps identifiers, with tabs between"
    if any(
        unicodedata.category(sign) in _CONTROLS for sign in row if not sign.isprintable() and sign != "\t"
    ):
        return "it holds control characters"
    if len(cells) == _CELLS - 1 and cells[-1] != _REMOVED:
        return f"the last cell can only be `{_REMOVED}`"
    return "" if is_address(address) else "this is no address of a page, a feed or an export"


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


def _render_line(address: str, what: Published) -> str:
    cells = [address or _HOME, what.title, " ".join(what.names), _REMOVED if what.removed else ""]
    return "\t".join(cells).rstrip("\t") + "\n"


def extend_ledger(ledger: Mapping[str, Published], now: Mapping[str, Published]) -> dict[str, Published]:
    """Return the ledger with what is published now: addresses are added and titles renewed, and nothing is dropped.

    An address that another paper has taken keeps what was there first: that is a fault which a person mends.
    """
    merged = dict(ledger)
    for address, what in now.items():
        old = find_published(ledger, address) if what.is_paper else ledger.get(address)
        if old is None:
            merged[address] = what
        elif is_same(old, what):
            merged[address] = replace(what, names=tuple(sorted({*old.names, *what.names})), line=old.line)
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
