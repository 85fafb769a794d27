"""Colours, their contrast by WCAG, and the nearest readable shade."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""
READABLE = 4.5
"""The contrast that WCAG 2.2 requires for text (1.4.3, AA)."""
_STEP = 0.005
_LINEAR_BELOW = 0.04045
_SHORT = len("#rgb")


def make_readable(
    colour: Colour, find_grounds: Callable[[Colour], Iterable[Colour]], *, lighter: bool
) -> Colour:
    """Return the nearest darker or lighter shade of a colour that is readable on all backgrounds; these may depend on it."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    step = _STEP if lighter else -_STEP
    while (
        any(contrast(colour, ground) < READABLE for ground in find_grounds(colour))
        and 0 < lightness + step < 1
    ):
        lightness += step
        colour = parse_colour(format_colour(colorsys.hls_to_rgb(hue, lightness, saturation)))
    return colour


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours (WCAG 2.2, "contrast ratio").

    >>> round(contrast((0, 0, 0), (1, 1, 1)))
    21
    """
    low, high = sorted(map(_measure_light, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _measure_light(colour: Colour) -> float:
    """Return the relative luminance of a colour."""
    red, green, blue = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(ground: Colour, colour: Colour, part: float) -> Colour:
    """Return a background covered with a colour at an opacity of `part`."""
    red, green, blue = (g + (c - g) * part for g, c in zip(ground, colour, strict=True))
    return red, green, blue


def parse_colour(text: str) -> Colour:
    """Return a colour written as `#rgb` or `#rrggbb`."""
    digits = text[1:] if len(text) > _SHORT else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def format_colour(colour: Colour) -> str:
    """Return a colour as `#rrggbb`."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
