"""Normalising of text: which invisible characters are removed, which become spaces, and which stay."""

from __future__ import annotations

import re
import unicodedata

from generator.limits import MARKS

# A flag is spelled with tags after a black flag; anywhere else they are hidden text.
_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f"
# Noncharacters of the planes above the first.
_LAST = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
_UNSEEN = re.compile(
    f"({_FLAG})|["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"  # controls, halves of pairs, noncharacters
    f"{_LAST}"
    "\u00ad\u180e\u200b\u2060-\u2065\ufeff\U000e0000-\U000e007f"  # nothing to see
    "\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"  # what turns the text around it or is for programs
    "]"
)
_SPACES = str.maketrans({"\x0b": " ", "\x0c": " ", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\r": "\n"})
_RUN = re.compile(rf"[^\x00-\u02ff\u2000-\u206f]{{{MARKS + 1},}}")


def is_normalised(text: str) -> bool:
    """Return whether `normalise` would leave a text as it is; quick, and False where that takes a closer look."""
    plain = text.replace("\n", " ").replace("\t", " ")
    return plain.isprintable() and (plain.isascii() or not _RUN.search(plain))


def normalise(text: str) -> str:
    """Return the text without characters that nobody sees, line separators as line ends, and no tower of marks.

    Left out: control characters, lone surrogates, noncharacters, zero-width spaces and joiners of words, soft hyphens,
    hidden tags, embeddings, overrides and isolates of direction (they turn words around that may not be their own), and
    combining marks after the eighth on one letter. Kept: everything else, with the joiners and the marks of direction
    (U+061C, U+200E, U+200F) that scripts and emoji are written with; a mark turns no word around.
    """
    if is_normalised(text):
        return text
    return _RUN.sub(_lower, _UNSEEN.sub(r"\1", text.translate(_SPACES)))


def _lower(match: re.Match[str]) -> str:
    """Return a run of characters with at most so many marks on each."""
    kept: list[str] = []
    marks = 0
    for sign in match[0]:
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks <= MARKS:
            kept.append(sign)
    return "".join(kept)
