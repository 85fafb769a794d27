"""Text in images: what a font can write, and the lines and size in which it fits.

Letters stand one after another as the font has them, without a shaping library, which would be another one on each
machine. Scripts whose letters join or change places are therefore not written at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

from generator.text.escaping import clean

SERIF = Path(str(files("font_source_serif_pro"))) / "files"
SEMIBOLD = SERIF / "SourceSerifPro-Semibold.ttf"
REGULAR = SERIF / "SourceSerifPro-Regular.ttf"
_MOST = 300
"""Characters of a text that are looked at; more never fit."""
_LEADING = 1.16
# Scripts from right to left, those of South and Southeast Asia, Mongolian, and their further blocks.
_SHAPED = re.compile(
    "[\u0590-\u109f\u1700-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00011fff\U0001e800-\U0001efff]"
)


@cache
def load_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Return a font of a size in pixels."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def choose_font(text: str, fonts: Sequence[Path]) -> tuple[str, Path | None]:
    """Return what of a text can be written, and the first font that has all of it.

    Symbols that no font has are left out; where letters are missing, nothing can be written.
    """
    shown = "".join(c for c in unicodedata.normalize("NFC", clean(text)[:_MOST]) if c.isprintable())
    for path in fonts:
        missing = [c for c in shown if not _has(path, c)]
        if not any(unicodedata.category(c)[0] in "LMN" for c in missing):
            kept = " ".join("".join(c for c in shown if c not in missing).split())
            return (kept, path) if kept else ("", None)
    return "", None


@cache
def _has(path: Path, character: str) -> bool:
    """Return whether a font has a character: it draws something, and something else than for no character at all."""
    if character == " ":
        return True
    font = load_font(path, 24)
    drawn = bytes(font.getmask(character))
    return any(drawn) and drawn != bytes(font.getmask("\uffff")) and not _SHAPED.match(character)


def fit_lines(
    text: str, path: Path, *, sizes: Sequence[int], width: int, height: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the font of the first size in which a text fits into a box, and its lines; at the last size it is cut."""
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
    """Return the pixels from one line to the next."""
    return round(font.size * _LEADING)


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return a text in lines no longer than `width`; a word that is longer by itself is broken."""
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
    """Return the same number of lines, as equally long as words allow."""
    longest = max(map(font.getlength, text.split()))
    for share in range(90, 45, -10):
        if longest > width * share / 100:
            break
        narrower = _wrap(text, font, width * share / 100)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
