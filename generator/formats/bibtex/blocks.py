"""BibTeX files as blocks: entries, macros, comments, and what cannot be read. A large file is parsed in pieces."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, ParsingFailedBlock

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # every error that it warns of is reported here
PIECE = 200_000
"""How many characters are parsed at a time, at least: the parser needs some thirty times as much memory."""
_START = re.compile(r"^[ \t]*(?=@\w*[ \t]*[{(])", re.MULTILINE)
"""Where the parser begins a block, whatever is open there."""
_TWO_BACKSLASHES = "\\\\"
# The parser takes a brace after any backslash for an escaped one; in `\\\\}` it is not.
_STAND_IN = "\ufdd8\ufdd8"


def list_blocks(text: str) -> Iterable[tuple[Block, int]]:
    """Return the blocks of a text, each with the number of lines above the piece that it is in, for one or more passes.

    Two backslashes are others in them: `restore` gives what the file has.
    """
    text = text.lstrip("\ufeff").replace(_STAND_IN[0], "").replace(_TWO_BACKSLASHES, _STAND_IN)
    return _Pieces(text) if len(text) > PIECE else [(block, 0) for block in _parse(text)]


def restore(text: str) -> str:
    """Return a text of a block as the file has it."""
    return text.replace(_STAND_IN, _TWO_BACKSLASHES)


class _Pieces:
    """The blocks of a long text, parsed anew in every pass, so that those of one piece are there at a time."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __iter__(self) -> Iterator[tuple[Block, int]]:
        at, above, rest = 0, 0, ""
        while at < len(self.text) or rest:
            cut = _START.search(self.text, at + PIECE)
            end = cut.start() if cut else len(self.text)
            piece = rest + self.text[at:end]
            blocks = _parse(piece)
            at, rest = end, ""
            if blocks and cut and isinstance(blocks[-1], ParsingFailedBlock):
                last = blocks[-1].raw or ""
                if piece.endswith(last):  # it is still open, and only what follows says why it is broken
                    rest = last
                    blocks.pop()
            yield from ((block, above) for block in blocks)
            above += piece.count("\n", 0, len(piece) - len(rest))


def _parse(text: str) -> list[Block]:
    blocks: list[Block] = parse_string(text, parse_stack=[]).blocks
    for block in blocks:
        if isinstance(block, ParsingFailedBlock) and block.error:
            block.error.__traceback__ = None  # which would keep all that the parser had in hand
    return blocks
