"""A style of references, read from its file and from the terms of its language (docs.citationstyles.org, CSL 1.0.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import Element, fromstring

from msgspec import Struct

FOLDER = Path(__file__).parent / "styles"
STYLES: Mapping[str, str] = MappingProxyType(
    {"apa": "APA", "ieee": "IEEE", "chicago": "Chicago", "nature": "Nature"}
)
"""The names of the styles, as a configuration and as readers know them."""
_FILES = {"chicago": "chicago-author-date"}
_SPACE = "{http://purl.org/net/xbiblio/csl}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = "en-US"
_FALLBACKS = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


class Style(Struct, frozen=True, kw_only=True):
    """A style: its macros, what writes a reference, its options, and the terms and dates of its language."""

    name: str
    layout: Element
    keys: tuple[Element, ...]
    """By what a list is sorted; a style without keys keeps the order of the list and numbers it."""
    options: Mapping[str, str]
    """The attributes of the style and of its bibliography, by which names and pages are written."""
    macros: Mapping[str, Element]
    terms: Mapping[tuple[str, str], tuple[str, str]]
    """Each term, by its name and its form, in the singular and in the plural."""
    dates: Mapping[str, Element]
    """The forms of dates, `text` and `numeric`."""
    quotes_inside: bool
    """Whether a full stop or comma goes before a closing quotation mark."""

    def find_term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """Return a term; where a form has none, that of the form that stands in for it, else nothing."""
        while (said := self.terms.get((name, form))) is None and form in _FALLBACKS:
            form = _FALLBACKS[form]
        return said[plural] if said else ""

    @property
    def quotes(self) -> tuple[str, str, str, str]:
        """The quotation marks of the language: opening, closing, and those inside of others."""
        return tuple(
            self.find_term(f"{end}{inner}-quote") for inner in ("", "-inner") for end in ("open", "close")
        )  # type: ignore[return-value] # four


def find_file(name: str) -> Path:
    """Return the file of a style of `STYLES`."""
    return FOLDER / f"{_FILES.get(name, name)}.csl"


@cache
def load_style(name: str) -> Style:
    """Return a style of `STYLES`."""
    root = _read(find_file(name))
    language = root.get("default-locale", _LANGUAGE)
    # Later ones win: the language's terms, then those of the style for any language, for English, for just this one.
    wanted = (None, language.partition("-")[0], language)
    own = sorted(
        (one for one in root.findall("locale") if one.get(_XML_LANG) in wanted),
        key=lambda one: wanted.index(one.get(_XML_LANG)),
    )
    locales = [_read(FOLDER / f"locales-{language}.xml"), *own]
    bibliography = _need(root, "bibliography")
    sort = bibliography.find("sort")
    inside = [one.get("punctuation-in-quote") for each in locales for one in each.findall("style-options")]
    return Style(
        name=name,
        layout=_need(bibliography, "layout"),
        keys=() if sort is None else tuple(sort),
        options={**root.attrib, **bibliography.attrib},
        macros={one.get("name", ""): one for one in root.findall("macro")},
        terms={key: said for locale in locales for key, said in _list_terms(locale)},
        dates={one.get("form", ""): one for locale in locales for one in locale.findall("date")},
        quotes_inside=inside[-1:] == ["true"],
    )


def _read(path: Path) -> Element:
    """Return the root of a file of ours, with names that have no namespace."""
    root = fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 (a file of this package)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(_SPACE)
    return root


def _need(parent: Element, tag: str) -> Element:
    element = parent.find(tag)
    if element is None:
        raise ValueError(f"the style has no {tag}")
    return element


def _list_terms(locale: Element) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for term in locale.iterfind("terms/term"):
        single, multiple = term.findtext("single"), term.findtext("multiple")
        said = (single or "", multiple or "") if single is not None else (term.text or "",) * 2
        yield (term.get("name", ""), term.get("form", "long")), said
