"""Normalises text: removes some invisible characters, turns some into spaces, and keeps others."""

from __future__ import annotations

import re
import unicodedata

from generator.limits import MARKS

# Tag characters after a black flag spell a flag; anywhere else they are hidden text.
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
    """Return whether `normalise` certainly leaves a text unchanged; a quick test that may return False for other texts, too."""
    if text.isascii() and text.isprintable():
        return True
    plain = text.replace("\n", " ").replace("\t", " ")
    return plain.isprintable() and (plain.isascii() or not _RUN.search(plain))


def normalise(text: str) -> str:
    """Return the text without invisible characters, with line feeds for line separators, and with few combining marks per letter.

    Removed: control characters, lone surrogates, noncharacters, zero-width spaces and word joiners, soft hyphens, hidden
    tags, directional embeddings, overrides and isolates (they can reorder text after them), and combining marks after
    the eighth on a letter. Kept: everything else, including the joiners and directional marks (U+061C, U+200E, U+200F)
    that scripts and emoji need; marks do not reorder words.
    """
    if is_normalised(text):
        return text
    return _RUN.sub(_lower, _UNSEEN.sub(r"\1", text.translate(_SPACES)))


def _lower(match: re.Match[str]) -> str:
    """Return a run of characters with a limited number of marks on each."""
    kept: list[str] = []
    marks = 0
    for sign in match[0]:
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks <= MARKS:
            kept.append(sign)
    return "".join(kept)
