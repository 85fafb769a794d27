"""Draws a social image: name, title and count on a light background, with bars for the years.

With few colours on a plain background, a four-bit palette suffices, and an image has about ten kilobytes.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from generator.social.images import HEIGHT, WIDTH, SocialImage
from generator.social.text_layout import REGULAR, SEMIBOLD, choose_font, fit_lines, line_height, load_font

_GROUND, _INK, _ACCENT, _MUTED, _BAR = (
    (0xFD, 0xFC, 0xF9), (0x22, 0x25, 0x2B), (0x8C, 0x2F, 0x39), (0x5D, 0x64, 0x70), (0xDD, 0xBB, 0xB8),
)  # fmt: skip
_STEPS = 4
"""Shades from the background to a text colour; with three text colours and the bars, at most sixteen colours are needed."""
_COLOURS = (_INK, _ACCENT, _MUTED)
_BARS = len(_COLOURS) * _STEPS + 1
_MARGIN, _SPINE = 92, 26
_BASE, _TALLEST, _WIDEST = 530, 130, 62
_BARS_FROM = 600
_SIZES = (112, 100, 88, 76, 66, 58)
_PLACES = {
    0: (),
    1: ((100, 260, _SIZES, _INK),),
    2: ((150, 236, _SIZES, _INK), (64, 50, (42,), _ACCENT)),
}
"""The layout of one or two names: top, height, sizes and colour of each."""


def draw_social_image(image: SocialImage, fonts: Sequence[Path] = ()) -> bytes:
    """Return the image as a PNG; `fonts` are tried for letters that the built-in font lacks."""
    picture = Image.new("P", (WIDTH, HEIGHT), 0)
    picture.putpalette([part for colour in _list_shades() for part in colour])
    brush = ImageDraw.Draw(picture)
    brush.rectangle((0, 0, _SPINE - 1, HEIGHT), _shade(_ACCENT))
    written = [choose_font(text, (SEMIBOLD, *fonts)) for text in (image.title, image.name)]
    titles = [(text, path) for text, path in written if path]
    for (text, path), (top, height, sizes, colour) in zip(titles, _PLACES[len(titles)], strict=True):
        font, lines = fit_lines(text, path, sizes=sizes, width=WIDTH - 2 * _MARGIN, height=height)
        _write(picture, (_MARGIN, top), lines, font, colour)
    count = load_font(SEMIBOLD, 52)
    _write(picture, (_MARGIN, _BASE - count.getmetrics()[0]), [image.count], count, _ACCENT)
    _draw_years(picture, brush, image.years)
    body = io.BytesIO()
    picture.save(body, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return body.getvalue()


def _draw_years(picture: Image.Image, brush: ImageDraw.ImageDraw, years: Sequence[tuple[str, int]]) -> None:
    """Draw a bar for each year up to the right margin, and label the first and last year."""
    if not years:
        return
    step = min((WIDTH - _MARGIN - _BARS_FROM) // len(years), _WIDEST)
    left, most = WIDTH - _MARGIN - step * len(years), max(count for _, count in years)
    gap = max(2, step // 5)
    for at, (_, count) in enumerate(years):
        if count:
            top = _BASE - max(3, round(_TALLEST * count / most))
            brush.rectangle((left + at * step + gap, top, left + (at + 1) * step - 1, _BASE), _BARS)
    font = load_font(REGULAR, 28)
    last = years[-1][0]
    _write(picture, (round(WIDTH - _MARGIN - font.getlength(last)), _BASE + 8), [last], font, _MUTED)
    if len(years) * step > 2 * font.getlength(last):
        _write(picture, (left + gap, _BASE + 8), [years[0][0]], font, _MUTED)


def _write(
    picture: Image.Image,
    at: tuple[int, int],
    lines: Sequence[str],
    font: ImageFont.FreeTypeFont,
    colour: tuple[int, int, int],
) -> None:
    """Draw lines of text on the background, from their top left corner, in the shades of a colour."""
    last = _shade(colour)
    shades = [step and last - _STEPS + step for step in ((v * _STEPS + 127) // 255 for v in range(256))]
    for number, line in enumerate(lines):
        strip = Image.new("L", (int(font.getbbox(line)[2]) + 1, line_height(font) + font.getmetrics()[1]))
        ImageDraw.Draw(strip).text((0, 0), line, 255, font)
        shape = strip.point(shades)
        picture.paste(
            shape, (at[0], at[1] + number * line_height(font)), strip.point([v > 0 for v in shades], "1")
        )


def _shade(colour: tuple[int, int, int]) -> int:
    """Return the index of a full colour in the palette."""
    return (_COLOURS.index(colour) + 1) * _STEPS


def _list_shades() -> list[tuple[int, ...]]:
    """Return the palette: the background, the shades of each text colour up to the full colour, the bars."""
    mixed = [
        tuple((g * (_STEPS - k) + c * k) // _STEPS for g, c in zip(_GROUND, colour, strict=True))
        for colour in _COLOURS
        for k in range(1, _STEPS + 1)
    ]
    return [_GROUND, *mixed, _BAR]
