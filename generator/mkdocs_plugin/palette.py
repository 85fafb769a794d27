"""The colours that `theme.palette` names: read from Material's own style sheet, made readable, and laid over the theme's."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import lightningcss

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAMED = re.compile(r"\[data-md-color-(primary|accent)=\"?([\w-]+)\"?\]")
_ATTRIBUTES = re.compile(r"(?:\[[^\]]*\]|:not\([^)]*\))+")
_PROPERTY = re.compile(r"(--[\w-]+):\s*([^;]+)")
_HEX = re.compile(r"#[0-9a-f]{6}|#[0-9a-f]{3}")
_SCHEMES = {"default": "light", "slate": "dark"}
"""Material's names for the two schemes, and what they are."""
_TEXT = {"primary": ("--md-primary-fg-color", "--md-typeset-a-color"), "accent": ("--md-accent-fg-color",)}
"""What Material colours text with, by what a palette names; the last of them counts."""
_KINDS = tuple(_TEXT)
_OWN = "custom"
"""The name for the theme's own colour."""
_READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text (1.4.3, AA)."""
_WASH = {"default": 0.09, "slate": 0.12}
"""How much of the accent is in the ground that marks something."""
_GROUNDS = ("--ps-paper", "--ps-card", "--ps-wash")
_ACCENTED = (
    ":focus-visible,.md-typeset.md-typeset summary:focus-visible,.ps-box input:focus{outline-color:var(--md-accent-fg-color)}"
    ":is(.ps-tabs,.ps-footer) a:hover,.md-typeset :is(li:has(>p>.ps-facts)>p:first-child>a:first-of-type,.ps-topic a):hover,"
    ".ps-scheme:hover,.ps-copy:hover{color:var(--md-accent-fg-color)}"
)
"""What Material's `accent` is for: what has the focus, and what is under the pointer."""

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""
Names = Mapping[tuple[str, str, str], str]
"""The colour of text for a kind, a name and a scheme."""


@dataclass(frozen=True, kw_only=True)
class Palette:
    """A style sheet for the colours of a site, what was changed in them, and what is not possible."""

    css: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def load_palette(given: object, own_styles: str) -> Palette:
    """Return the palette that `theme.palette` asks for, over the theme's own style sheet."""
    entries = list(_list_entries(given))
    if not any(_name(entry, kind) != _OWN for entry in entries for kind in _KINDS):
        return Palette(faults=tuple(_find_schemes(entries)))
    names = read_names(_read_material())
    faults = [*_find_schemes(entries), *_find_unknown(entries, names)]
    sheet, notes = [], []
    for scheme, entry in _choose_entries(entries).items():
        styles, said = _build_scheme(scheme, entry, names, read_grounds(own_styles, scheme))
        sheet.append(f"[data-md-color-scheme={scheme}]{{{styles}}}" if styles else "")
        notes += said
    css = "".join(sheet)
    if "--md-accent-fg-color" in css:
        css += _ACCENTED
    return Palette(
        css=f"@media screen{{{css}}}" if css else "", notes=tuple(dict.fromkeys(notes)), faults=tuple(faults)
    )


def own_palette(given: object) -> object:
    """Return a palette that names no colour of Material, so that its style sheet lays none over those of `load_palette`."""
    own = [{**entry, "primary": _OWN, "accent": _OWN} for entry in _list_entries(given)]
    return own if isinstance(given, list) else own[0] if own else given


def _read_material() -> str:
    """Return the style sheet with Material's colours, of the package that is installed."""
    package = find_spec("material")
    folders = package.submodule_search_locations or () if package else ()
    sheets = [
        path for folder in folders for path in Path(folder).glob("templates/assets/stylesheets/palette.*.css")
    ]
    return "".join(path.read_text(encoding="utf-8") for path in sorted(sheets))


def read_names(css: str) -> Names:
    """Return the colours that Material gives text: links for a `primary`, and what is under the pointer for an `accent`."""
    found: dict[tuple[str, str, str], str] = {}
    rules = [
        (selector.strip(), body)
        for selectors, body in _RULE.findall(lightningcss.process_stylesheet(css, minify=True))
        for selector in selectors.split(",")
        if _ATTRIBUTES.fullmatch(selector.strip())
    ]
    for selector, body in sorted(rules, key=lambda rule: rule[0].count("[")):  # the more specific one counts
        values = dict(_PROPERTY.findall(body))
        for kind, name in _NAMED.findall(selector):
            for scheme in _list_schemes(selector):
                for key in _TEXT[kind]:
                    if _HEX.fullmatch(value := values.get(key, "")):
                        found[kind, name, scheme] = value
    return found


def _list_schemes(selector: str) -> tuple[str, ...]:
    """Return the schemes that a selector is for."""
    if ":not(" in selector:
        return ("default",)
    return ("slate",) if "slate" in selector else tuple(_SCHEMES)


def read_grounds(css: str, scheme: str) -> list[Colour]:
    """Return what text stands on in a scheme, the page itself first: the first rule for it counts, since another one is for paper."""
    found = re.search(
        rf"\[data-md-color-scheme{'' if scheme == 'default' else f'=.?{scheme}.?'}\]\s*\{{([^}}]*)\}}", css
    )
    values = dict(_PROPERTY.findall(found[1] if found else ""))
    return [_parse(values[name]) for name in _GROUNDS if _HEX.fullmatch(values.get(name, ""))]


def _list_entries(given: object) -> Iterator[Mapping[str, Any]]:
    for entry in given if isinstance(given, list) else [given]:
        if isinstance(entry, Mapping):
            yield entry


def _name(entry: Mapping[str, Any], kind: str) -> str:
    """Return the name of a colour as Material's style sheet spells it."""
    return str(entry.get(kind) or _OWN).replace(" ", "-")


def _choose_entries(entries: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the entry for each scheme: its first one, else the first of all."""
    of = {scheme: [e for e in entries if e.get("scheme", "default") == scheme] for scheme in _SCHEMES}
    return {scheme: (own or entries)[0] for scheme, own in of.items()}


def _find_schemes(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        if (scheme := entry.get("scheme", "default")) not in _SCHEMES:
            yield f"theme.palette: the site has no scheme `{scheme}`, only {' and '.join(f'`{name}`' for name in _SCHEMES)}"


def _find_unknown(entries: Iterable[Mapping[str, Any]], names: Names) -> Iterator[str]:
    for kind in _KINDS:
        known = sorted({name for of, name, _ in names if of == kind})
        for name in dict.fromkeys(_name(entry, kind) for entry in entries):
            if name not in {*known, _OWN}:
                yield f"theme.palette: `{kind}: {name}` is none of {', '.join([*known, _OWN])}"


def _build_scheme(
    scheme: str, entry: Mapping[str, Any], names: Names, grounds: list[Colour]
) -> tuple[str, list[str]]:
    """Return the custom properties of a scheme, and what was changed in its colours."""
    styles, notes = [], []
    for kind in _KINDS:
        name = _name(entry, kind)
        given = names.get((kind, name, scheme))
        if given is None:
            continue
        colour = make_readable(_parse(given), grounds, scheme)
        value = _format(colour)
        wash = _format(_mix(grounds[0], colour, _WASH[scheme]))
        styles.append(
            f"--ps-accent:{value};--ps-accent-wash:{wash}"
            if kind == "primary"
            else f"--md-accent-fg-color:{value}"
        )
        if _format(_parse(given)) != value:
            weak = min(contrast(_parse(given), ground) for ground in grounds)
            notes.append(
                f"theme.palette: `{kind}: {name}` is {given} in {_SCHEMES[scheme]}, too weak to read ({weak:.1f}:1); "
                f"the site uses {value}"
            )
    return ";".join(styles), notes


def make_readable(colour: Colour, grounds: list[Colour], scheme: str) -> Colour:
    """Return the nearest shade of a colour, darker on light pages and lighter on dark ones, that can be read on all grounds."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    step = 0.005 if scheme == "slate" else -0.005
    while not _is_readable(colour, grounds, scheme) and 0 < lightness + step < 1:
        lightness += step
        colour = _parse(_format(colorsys.hls_to_rgb(hue, lightness, saturation)))
    return colour


def _is_readable(colour: Colour, grounds: list[Colour], scheme: str) -> bool:
    wash = _parse(_format(_mix(grounds[0], colour, _WASH[scheme])))
    return all(contrast(colour, ground) >= _READABLE for ground in (*grounds, wash))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours (WCAG 2.2, "contrast ratio").

    >>> round(contrast((0, 0, 0), (1, 1, 1)))
    21
    """
    low, high = sorted(map(_measure_light, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _measure_light(colour: Colour) -> float:
    """Return the relative luminance of a colour."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(ground: Colour, colour: Colour, part: float) -> Colour:
    red, green, blue = (g + (c - g) * part for g, c in zip(ground, colour, strict=True))
    return red, green, blue


def _parse(text: str) -> Colour:
    """Return a colour written as `#rgb` or `#rrggbb`."""
    digits = text[1:] if len(text) > 4 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _format(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
