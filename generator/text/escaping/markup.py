"""Escaping for HTML and XML: in elements, in attributes, and as JSON in a script element."""

from __future__ import annotations

import html
import re

from generator.text.escaping.lines import clean

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_TEMPLATES = re.compile(r"\{(?=[{%#])")
_JSON = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


def escape_markup(text: str) -> str:
    """Return a text for an element or a quoted attribute, of HTML as of XML.

    In elements only `<` and `&` mean something, in attributes `&` and the quote (HTML, 13.1.2.3 and 13.1.4; XML 1.0,
    2.4); both languages read the references that are written here. Braces are written so too, since what goes into a
    page's head goes through templates.
    """
    return html.escape(clean(text)).translate(_BRACES)


def unescape_markup(text: str) -> str:
    """Return the text that HTML stands for."""
    return html.unescape(text)


def shorten_markup(text: str) -> str:
    """Return the text of an element of HTML with no more references than it needs."""
    return html.escape(html.unescape(text), quote=False)


def escape_json(json: str) -> str:
    """Return JSON for a script element, with the same value.

    What could end the element or change how it is read begins with `<` (HTML, 4.12.1.3), which is in strings only,
    where JSON has another way to write it (RFC 8259, 7). `&` and `>` are written so for readers that take the page for
    XML, and braces that open an expression of a template, which in JSON without spaces are in strings only.
    """
    return _TEMPLATES.sub(r"\\u007b", json.translate(_JSON))
