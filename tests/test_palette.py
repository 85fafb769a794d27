"""The colours of `theme.palette`: every name of Material's can be read in light and dark, and those of the theme stay."""

import pytest

from generator.mkdocs_plugin import palette
from generator.mkdocs_plugin.contrast import contrast, parse_colour
from generator.mkdocs_plugin.palette import load_palette, own_palette, read_grounds
from generator.mkdocs_plugin.theme import MAIN, find_theme

STYLES = (find_theme() / MAIN).read_text(encoding="utf-8")
NAMES = palette.read_text_colours(palette.read_material())
PRIMARY = "red pink purple deep-purple indigo blue light-blue cyan teal green light-green lime yellow amber orange deep-orange brown grey blue-grey black white".split()  # noqa: SIM905 (a list of words reads best as words)
ACCENT = PRIMARY[: PRIMARY.index("brown")]
LISTED = [{"scheme": "default", "primary": "custom", "accent": "custom"}, {"scheme": "slate"}]


def test_all_names_are_those_of_the_installed_material():
    assert {(kind, name) for kind, name, _ in NAMES} == {
        *(("primary", name) for name in PRIMARY), *(("accent", name) for name in ACCENT)
    }  # fmt: skip
    assert len(NAMES) == 2 * (len(PRIMARY) + len(ACCENT))
    assert NAMES["primary", "indigo", "default"] == "#4051b5"
    assert NAMES["primary", "indigo", "slate"] == "#5488e8"
    assert NAMES["primary", "yellow", "default"] == "#b8a500"
    assert NAMES["accent", "yellow", "slate"] == "#ffd500"


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_name_is_readable_on_all_that_text_stands_on(scheme):
    grounds = read_grounds(STYLES, scheme)
    assert len(grounds) == 3
    for (kind, name, of), given in NAMES.items():
        if of == scheme:
            css = load_palette({kind: name}, STYLES).css
            block = css.partition(f"[data-md-color-scheme={scheme}]{{")[2].partition("}")[0]
            values = dict(part.split(":") for part in block.split(";"))
            colour = parse_colour(values["--ps-accent" if kind == "primary" else "--md-accent-fg-color"])
            more = [parse_colour(values["--ps-accent-wash"])] if kind == "primary" else []
            for ground in grounds + more:
                assert contrast(colour, ground) >= 4.5, (kind, name, given)


@pytest.mark.parametrize("given", [None, {}, [], LISTED, {"primary": "custom"}, {"scheme": "slate"}])
def test_the_theme_keeps_its_own_colours(given):
    assert load_palette(given, STYLES) == palette.Palette()


def test_a_colour_that_is_too_weak_is_said():
    assert load_palette({"primary": "indigo"}, STYLES).notes == (
        "theme.palette: `primary: indigo` is #5488e8 in dark, which has too little contrast (4.3:1); the site uses #5b8de9",
    )
    notes = load_palette({"accent": "deep purple"}, STYLES).notes
    assert [note.split(" is ")[0] for note in notes] == ["theme.palette: `accent: deep-purple`"] * 2


def test_each_scheme_has_its_own_entry():
    css = load_palette([{"scheme": "slate", "primary": "teal"}, {"primary": "red"}], STYLES).css
    assert "[data-md-color-scheme=slate]{--ps-accent:#00ccb8" in css
    assert "[data-md-color-scheme=default]{--ps-accent:#d21713" in css
    only_dark = load_palette([LISTED[0], {"scheme": "slate", "primary": "teal"}], STYLES).css
    assert "[data-md-color-scheme=default]" not in only_dark


def test_what_is_no_name_is_said():
    unknown = load_palette({"primary": "chartreuse"}, STYLES)
    assert unknown.css == ""
    assert "unknown colour `primary: chartreuse`; the colours are amber, black, blue," in unknown.faults[0]
    assert load_palette({"accent": "brown"}, STYLES).faults  # a primary only
    (fault,) = load_palette([{"scheme": "owl"}], STYLES).faults
    assert fault == "theme.palette: unknown scheme `owl`; the schemes are `default` and `slate`"


def test_the_style_sheet_of_material_is_given_no_name():
    given = [{"scheme": "default", "primary": "indigo", "toggle": {"name": "Dark"}}]
    assert own_palette(given) == [
        {"scheme": "default", "primary": "custom", "accent": "custom", "toggle": {"name": "Dark"}}
    ]
    assert own_palette({"primary": "red"}) == {"primary": "custom", "accent": "custom"}
    assert own_palette(None) is None
