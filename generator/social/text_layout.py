"""Text layout in images: which characters a font supports, and the lines and size that fit.

Letters are drawn one after another without a shaping library, because its version would differ between machines.
Scripts with joined or reordered letters are therefore not drawn at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

from generator.text.escaping import clean_line

SERIF = Path(str(files("font_source_serif_pro"))) / "files"
SEMIBOLD = SERIF / "SourceSerifPro-Semibold.ttf"
REGULAR = SERIF / "SourceSerifPro-Regular.ttf"
_MOST = 300
"""Maximum number of characters that are considered; more never fit."""
_LEADING = 1.16
# Scripts from right to left, those of South and Southeast Asia, Mongolian, and their further blocks.
_SHAPED = re.compile(
    "[\u0590-\u109f\u1700-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00011fff\U0001e800-\U0001efff]"
)


@cache
def load_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Return a font with a size in pixels."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def choose_font(text: str, fonts: Sequence[Path]) -> tuple[str, Path | None]:
    """Return the part of a text that can be drawn, and the first font that supports it; None if there is none.

    Symbols that no font supports are left out; if letters are missing, nothing is drawn.
    """
    shown = "".join(c for c in unicodedata.normalize("NFC", clean_line(text)[:_MOST]) if c.isprintable())
    for path in fonts:
        missing = [c for c in shown if not _has(path, c)]
        if not any(unicodedata.category(c)[0] in "LMN" for c in missing):
            kept = " ".join("".join(c for c in shown if c not in missing).split())
            return (kept, path) if kept else ("", None)
    return "", None


@cache
def _has(path: Path, character: str) -> bool:
    """Return whether a font supports a character: its glyph is not empty and not that of missing characters."""
    if character == " ":
        return True
    font = load_font(path, 24)
    drawn = bytes(font.getmask(character))
    return any(drawn) and drawn != bytes(font.getmask("\uffff")) and not _SHAPED.match(character)


def fit_lines(
    text: str, path: Path, *, sizes: Sequence[int], width: int, height: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the font with the first size at which a text fits into a box, and its lines; at the last size, the text is cut."""
    for size in sizes:
        font, most = load_font(path, size), int(height / (size * _LEADING))
        lines = _wrap(text, font, width)
        if len(lines) <= most:
            return font, lines if len(lines) == 1 else _balance(text, font, width, lines)
    kept = lines[:most]
    while font.getbbox(f"{kept[-1]} …")[2] > width:
        kept[-1] = kept[-1].rpartition(" ")[0] or kept[-1][:-1]
    return font, [*kept[:-1], f"{kept[-1]} …"]


def line_height(font: ImageFont.FreeTypeFont) -> int:
    """Return the distance between lines in pixels."""
    return round(font.size * _LEADING)


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return a text in lines of at most `width`; longer words are broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines += _break(word, font, width)
    return lines


def _break(word: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    part = ""
    for character in word:
        if part and font.getlength(part + character) > width:
            yield part
            part = ""
        part += character
    yield part


def _balance(text: str, font: ImageFont.FreeTypeFont, width: float, lines: list[str]) -> list[str]:
    """Return the same number of lines with lengths as equal as possible."""
    longest = max(map(font.getlength, text.split()))
    for share in range(90, 45, -10):
        if longest > width * share / 100:
            break
        narrower = _wrap(text, font, width * share / 100)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
