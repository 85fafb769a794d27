"""Escaping for HTML and XML: in elements, in attributes, and as JSON in a script element."""

from __future__ import annotations

import html
import re

from generator.text.escaping.lines import clean_line

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_TEMPLATES = re.compile(r"\{(?=[{%#])")
_JSON = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


def escape_markup(text: str) -> str:
    """Return a text escaped for an element or quoted attribute in HTML or XML.

    Special characters are `<` and `&` in elements, and `&` and the quote in attributes (HTML, 13.1.2.3 and 13.1.4; XML 1.0,
    2.4); both languages read the references used here. Braces are escaped, too, because page heads pass through
    templates.
    """
    return html.escape(clean_line(text)).translate(_BRACES)


def unescape_markup(text: str) -> str:
    """Return the text with HTML character references decoded."""
    return html.unescape(text)


def shorten_markup(text: str) -> str:
    """Return the text of an HTML element with only the necessary references."""
    return html.escape(html.unescape(text), quote=False)


def escape_json(json: str) -> str:
    """Return JSON with the same value, escaped for a script element.

    Anything that could end the element or change its parsing begins with `<` (HTML, 4.12.1.3), which occurs only in
    strings, where JSON can escape it (RFC 8259, 7). `&` and `>` are escaped for parsers that read the page as XML, and
    so are braces that begin a template expression, which in JSON without spaces occur only in strings.
    """
    return _TEMPLATES.sub(r"\\u007b", json.translate(_JSON))
