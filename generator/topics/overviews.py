"""Reads `overviews/TOPIC.md` and `digests/DATE.md`. They may contain only paragraphs and lists, with emphasis and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.editorial import Overview, Passage, Span
from generator.limits import DIGEST, MARKDOWN_DEPTH, OVERVIEW, RECORD_BYTES
from generator.problems import Place, Problem, error, warning
from generator.records.read import DIGESTS, OVERVIEWS
from generator.storage.conflict_markers import load_merged
from generator.storage.text_file import leads_outside, show_file_name

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ENDING = ".md"
_KEPT = 1000
"""Overviews that a preview does not parse again while they stay as they are."""
_LINK = re.compile(r"\.\./(?:papers/(?P<paper>[a-z0-9-]+)|topics/(?P<topic>[a-z0-9-]+))\.md")
_QUIET = frozenset({"paragraph_open", "paragraph_close", "bullet_list_close", "list_item_close"})
_NAMES = {
    "heading_open": "a heading",
    "image": "an image",
    "code_inline": "code",
    "fence": "code",
    "code_block": "code (a line that begins with four blanks)",
    "html_block": "HTML",
    "html_inline": "HTML",
    "blockquote_open": "a quotation",
    "ordered_list_open": "a numbered list",
    "bullet_list_open": "a list in a list",
    "hr": "a rule",
}
_HINT = "an overview has paragraphs, lists (`- …`), *emphasis*, **bold** and links; a digest has no lists"
_LINK_HINT = "write `[words](../papers/ID.md)` or `[words](../topics/ID.md)`"


class TextKind(NamedTuple):
    """A kind of texts that a folder of the shelf has: the folder, what reports call one, its file name, its most characters, and whether it may have lists."""

    folder: str
    noun: str
    named: str
    limit: int
    lists: bool


OF_TOPICS = TextKind(OVERVIEWS, "an overview", f"TOPIC{_ENDING}", OVERVIEW, lists=True)
OF_INTAKES = TextKind(DIGESTS, "a digest", f"YYYY-MM-DD{_ENDING}", DIGEST, lists=False)


def load_overviews(
    content: Path, kind: TextKind = OF_TOPICS
) -> tuple[Mapping[str, Overview], tuple[Problem, ...]]:
    """Return the texts of a kind by the names of their files, in order, and every error of the files."""
    problems: list[Problem] = []
    overviews: dict[str, Overview] = {}
    for path in _list_files(content / kind.folder, problems):
        name = f"{kind.folder}/{show_file_name(path.name)}"
        if path.name.startswith("."):
            continue
        if path.suffix != _ENDING:
            message, hint = f"this file is not {kind.noun} and is left out", f"name it {kind.named}"
            problems.append(warning("stray-file", message, Place(file=name), hint))
        else:
            text, faults = load_merged(path, name=name, inside=content, limit=RECORD_BYTES)
            overview, found = (None, faults) if faults else parse_overview(text, file=name, kind=kind)
            problems += found
            if overview is not None:
                overviews[path.stem] = overview
    return overviews, tuple(problems)


def _list_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """Return what is in a folder of the shelf, in order; nothing where it is none."""
    if leads_outside(folder, folder.parent) or not folder.is_dir():
        return []
    try:
        return sorted(folder.iterdir())
    except OSError as fault:
        message = f"cannot be read: {fault.strerror}"
        problems.append(error("unreadable-file", message, Place(file=f"{folder.name}/")))
        return []


@lru_cache(maxsize=_KEPT)
def parse_overview(
    text: str, *, file: str, kind: TextKind = OF_TOPICS
) -> tuple[Overview | None, tuple[Problem, ...]]:
    """Return the overview or digest in a Markdown text (CommonMark 0.31), and what in it is no part of one.

    With an error there is none.

    >>> overview, _ = parse_overview("*Owls* see [mice](../papers/mice.md).", file="overviews/owls.md")
    >>> [(span.text, span.paper, span.emphasis) for span in overview.passages[0].spans]
    [('Owls', '', True), (' see ', '', False), ('mice', 'mice', False), ('.', '', False)]
    """
    if len(text) > kind.limit:
        message = f"{len(text):,} characters, and {kind.noun} has at most {kind.limit:,}"
        return None, (error("too-long", message, Place(file=file), "shorten it"),)
    reading = _Reading(file, kind)
    passages = tuple(reading.read(_build_parser().parse(text)))
    if not passages and not reading.problems:
        reading.problems.append(
            error("bad-overview", "the file is empty", Place(file=file), "write it, or delete the file")
        )
    overview = None if reading.problems else Overview(passages=passages, place=Place(file=file))
    return overview, tuple(reading.problems)


@cache
def _build_parser() -> MarkdownIt:
    """Return a parser without reference definitions, which leave no trace in what it finds."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 (slow to load, and few shelves have overviews)

    return MarkdownIt("commonmark", {"maxNesting": MARKDOWN_DEPTH}).disable("reference")


class _Reading:
    """A file while it is read, and what is wrong with it so far."""

    def __init__(self, file: str, kind: TextKind) -> None:
        self._file, self._kind = file, kind
        self.problems: list[Problem] = []

    def read(self, tokens: Sequence[Token]) -> Iterator[Passage]:
        """Yield the passages of a text."""
        lists = 0
        for token in tokens:
            line = token.map[0] + 1 if token.map else 0
            if token.type == "inline":
                yield Passage(spans=tuple(self._read_spans(token.children or (), line)), is_item=lists > 0)
            elif token.type == "bullet_list_open" and token.level == 0 and self._kind.lists:
                lists += 1
            elif token.type == "bullet_list_close":
                lists -= token.level == 0
            elif token.type not in _QUIET and token.type != "list_item_open" and token.nesting >= 0:
                self._refuse(token.type, line)

    def _read_spans(self, tokens: Sequence[Token], line: int) -> Iterator[Span]:
        strong = emphasis = 0
        target: Mapping[str, str] = {}
        for token in tokens:
            if token.type in {"strong_open", "strong_close"}:
                strong += token.nesting
            elif token.type in {"em_open", "em_close"}:
                emphasis += token.nesting
            elif token.type in {"link_open", "link_close"}:
                target = self._read_link(token, line) if token.nesting > 0 else {}
            elif token.type in {"softbreak", "hardbreak", "text"}:
                text = token.content or " "
                yield Span(text=text, line=line, strong=strong > 0, emphasis=emphasis > 0, **target)
                line += token.type != "text"
            else:
                self._refuse(token.type, line)

    def _read_link(self, token: Token, line: int) -> Mapping[str, str]:
        """Return what a link leads to: `paper` or `topic`, and its id."""
        url = str(token.attrs.get("href", ""))
        match = _LINK.fullmatch(url)
        if match is None:
            message = f"a link to {url!r}, which is no paper and no topic"
            self.problems.append(error("bad-link", message, Place(file=self._file, line=line), _LINK_HINT))
            return {}
        return {name: value for name, value in match.groupdict().items() if value}

    def _refuse(self, kind: str, line: int) -> None:
        names = _NAMES if self._kind.lists else _NAMES | {"bullet_list_open": "a list"}
        message = f"{names.get(kind, kind)} is no part of {self._kind.noun}"
        self.problems.append(error("bad-overview", message, Place(file=self._file, line=line), _HINT))
