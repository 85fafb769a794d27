"""The colours in `theme.palette`: read from Material's style sheet, adjusted to be readable, and applied to the theme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import lightningcss

from generator.mkdocs_plugin.contrast import Colour, contrast, format_colour, make_readable, mix, parse_colour

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAMED = re.compile(r"\[data-md-color-(primary|accent)=\"?([\w-]+)\"?\]")
_ATTRIBUTES = re.compile(r"(?:\[[^\]]*\]|:not\([^)]*\))+")
_PROPERTY = re.compile(r"(--[\w-]+):\s*([^;]+)")
_HEX = re.compile(r"#[0-9a-f]{6}|#[0-9a-f]{3}")
_SCHEMES = {"default": "light", "slate": "dark"}
"""Material's names for the two schemes, with their meanings."""
_TEXT = {"primary": ("--md-primary-fg-color", "--md-typeset-a-color"), "accent": ("--md-accent-fg-color",)}
"""Material's custom properties for text colours, by the entry of a palette; the last one counts."""
_KINDS = tuple(_TEXT)
_OWN = "custom"
"""The name for the theme's own colour."""
_WASH = {"default": 0.09, "slate": 0.12}
"""The opacity of the accent colour in the background of marked text."""
_GROUNDS = ("--ps-paper", "--ps-card", "--ps-wash")
_ACCENTED = (
    ":focus-visible,.md-typeset.md-typeset summary:focus-visible,.ps-box input:focus,.ps-ask input:focus{outline-color:var(--md-accent-fg-color)}"
    ":is(.ps-tabs,.ps-footer) a:hover,.md-typeset :is(li:has(>p>.ps-facts)>p:first-child>a:first-of-type,.ps-topic a):hover,"
    ".ps-scheme:hover,.ps-copy:hover{color:var(--md-accent-fg-color)}"
)
"""The elements that use Material's `accent`: those with the focus or under the pointer."""

Names = Mapping[tuple[str, str, str], str]
"""Text colours by kind, name and scheme."""


@dataclass(frozen=True, kw_only=True)
class Palette:
    """A style sheet for the colours of a site, with the changes made to them and the errors."""

    css: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def load_palette(given: object, own_styles: str) -> Palette:
    """Return the palette for `theme.palette`, based on the theme's own style sheet."""
    entries = list(_list_entries(given))
    if not any(_name(entry, kind) != _OWN for entry in entries for kind in _KINDS):
        return Palette(faults=tuple(_find_schemes(entries)))
    names = read_text_colours(read_material())
    faults = [*_find_schemes(entries), *_find_unknown(entries, names)]
    sheet, notes = [], []
    for scheme, entry in _choose_entries(entries).items():
        styles, said = _build_scheme(scheme, entry, names, read_grounds(own_styles, scheme))
        sheet.append(f"[data-md-color-scheme={scheme}]{{{styles}}}" if styles else "")
        notes += said
    css = "".join(sheet)
    if "--ps-accent" in css:
        css += "body{accent-color:var(--ps-accent)}"  # boxes that are ticked
    if "--md-accent-fg-color" in css:
        css += _ACCENTED
    return Palette(
        css=f"@media screen{{{css}}}" if css else "", notes=tuple(dict.fromkeys(notes)), faults=tuple(faults)
    )


def own_palette(given: object) -> object:
    """Return a palette without Material's colours, so that its style sheet does not override those of `load_palette`."""
    own = [{**entry, "primary": _OWN, "accent": _OWN} for entry in _list_entries(given)]
    return own if isinstance(given, list) else own[0] if own else given


def read_material() -> str:
    """Return the style sheet with Material's colours from the installed package."""
    package = find_spec("material")
    folders = package.submodule_search_locations or () if package else ()
    sheets = [
        path for folder in folders for path in Path(folder).glob("templates/assets/stylesheets/palette.*.css")
    ]
    return "".join(path.read_text(encoding="utf-8") for path in sorted(sheets))


def read_text_colours(css: str) -> Names:
    """Return Material's text colours: links for a `primary` colour, hovered elements for an `accent` colour."""
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
    """Return the schemes that a selector applies to."""
    if ":not(" in selector:
        return ("default",)
    return ("slate",) if "slate" in selector else tuple(_SCHEMES)


def read_grounds(css: str, scheme: str) -> list[Colour]:
    """Return the backgrounds of text in a scheme, the page itself first. Only the first rule counts, because a later one is for print."""
    found = re.search(
        rf"\[data-md-color-scheme{'' if scheme == 'default' else f'=.?{scheme}.?'}\]\s*\{{([^}}]*)\}}", css
    )
    values = dict(_PROPERTY.findall(found[1] if found else ""))
    return [parse_colour(values[name]) for name in _GROUNDS if _HEX.fullmatch(values.get(name, ""))]


def _list_entries(given: object) -> Iterator[Mapping[str, Any]]:
    for entry in given if isinstance(given, list) else [given]:
        if isinstance(entry, Mapping):
            yield entry


def _name(entry: Mapping[str, Any], kind: str) -> str:
    """Return the name of a colour as spelled in Material's style sheet."""
    return str(entry.get(kind) or _OWN).replace(" ", "-")


def _choose_entries(entries: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the entry for each scheme: the first one for the scheme, otherwise the first of all."""
    of = {scheme: [e for e in entries if e.get("scheme", "default") == scheme] for scheme in _SCHEMES}
    return {scheme: (own or entries)[0] for scheme, own in of.items()}


def _find_schemes(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        if (scheme := entry.get("scheme", "default")) not in _SCHEMES:
            yield f"theme.palette: unknown scheme `{scheme}`; the schemes are {' and '.join(f'`{name}`' for name in _SCHEMES)}"


def _find_unknown(entries: Iterable[Mapping[str, Any]], names: Names) -> Iterator[str]:
    for kind in _KINDS:
        known = sorted({name for of, name, _ in names if of == kind})
        for name in dict.fromkeys(_name(entry, kind) for entry in entries):
            if name not in {*known, _OWN}:
                yield f"theme.palette: unknown colour `{kind}: {name}`; the colours are {', '.join([*known, _OWN])}"


def _build_scheme(
    scheme: str, entry: Mapping[str, Any], names: Names, grounds: list[Colour]
) -> tuple[str, list[str]]:
    """Return the custom properties of a scheme, and the changes to its colours."""
    styles, notes = [], []
    for kind in _KINDS:
        name = _name(entry, kind)
        given = names.get((kind, name, scheme))
        if given is None:
            continue
        colour = make_readable(
            parse_colour(given),
            lambda shade: (*grounds, _mark(grounds[0], shade, scheme)),
            lighter=scheme == "slate",
        )
        value, wash = format_colour(colour), format_colour(_mark(grounds[0], colour, scheme))
        styles.append(
            f"--ps-accent:{value};--ps-accent-wash:{wash}"
            if kind == "primary"
            else f"--md-accent-fg-color:{value}"
        )
        if format_colour(parse_colour(given)) != value:
            weak = min(contrast(parse_colour(given), ground) for ground in grounds)
            notes.append(
                f"theme.palette: `{kind}: {name}` is {given} in {_SCHEMES[scheme]}, which has too little contrast ({weak:.1f}:1); "
                f"the site uses {value}"
            )
    return ";".join(styles), notes


def _mark(ground: Colour, colour: Colour, scheme: str) -> Colour:
    """Return the background of text that is marked with a colour."""
    return parse_colour(format_colour(mix(ground, colour, _WASH[scheme])))
