"""Escaping for HTML and XML: in elements, in attributes, and as JSON in a script element."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from markupsafe import Markup

from generator.text.escaping.lines import clean_line
from generator.text.escaping.rich import Cut, render_rich
from generator.text.normalise import normalise

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_TEMPLATES = re.compile(r"\{(?=[{%#])")
_NOT_IN_LINKS = re.compile(r"[\x00-\x20\x7f-\xa0\s<>(){}\"'\\`\[\]\ud800-\udfff]")
_KEPT = 16_384  # texts that are on many pages: names of topics, reasons
_JSON = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


def escape_markup(text: str) -> str:
    """Return a text escaped for an element or quoted attribute in HTML or XML.

    Special characters are `<` and `&` in elements, and `&` and the quote in attributes (HTML, 13.1.2.3 and 13.1.4; XML 1.0,
    2.4); both languages read the references used here. Braces are escaped, too, because page heads pass through
    templates.
    """
    return html.escape(clean_line(text)).translate(_BRACES)


@lru_cache(maxsize=_KEPT, typed=True)
def escape_html(text: object) -> Markup:
    """Return a text escaped for an element or quoted attribute of an HTML page that no template reads again.

    >>> print(escape_html('Owls & "mice" {x}'))
    Owls &amp; &quot;mice&quot; {x}
    """
    return Markup(_escape(clean_line(str(text))))  # noqa: S704 (this is the escaping)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_rich_html(text: str, cut: Cut | None = None) -> Markup:
    """Return a text for such a page with its formulas as MathML (`render_rich`)."""
    return render_rich(text, _escape, cut)


def escape_href(url: str) -> Markup:
    """Return a URL for a quoted `href` of such a page. Nothing is left that could end the attribute."""
    return Markup(encode_url(url).replace("&", "&amp;"))  # noqa: S704 (quotes are percent-encoded)


def escape_code_html(text: str) -> Markup:
    """Return lines as a code block of such a page."""
    lines = normalise(text).replace("\t", "  ").splitlines()
    return Markup(f"<pre><code>{html.escape(chr(10).join(lines), quote=False)}</code></pre>")  # noqa: S704 (escaped)


def encode_url(url: str) -> str:
    """Return a URL with characters percent-encoded that would end a link or an attribute (RFC 3986, 2.1)."""
    return _NOT_IN_LINKS.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), url
    )


def unescape_markup(text: str) -> str:
    """Return the text with HTML character references decoded."""
    return html.unescape(text)


def escape_json(json: str) -> str:
    """Return JSON with the same value, escaped for a script element.

    Anything that could end the element or change its parsing begins with `<` (HTML, 4.12.1.3), which occurs only in
    strings, where JSON can escape it (RFC 8259, 7). `&` and `>` are escaped for parsers that read the page as XML, and
    so are braces that begin a template expression, which in JSON without spaces occur only in strings.
    """
    return _TEMPLATES.sub(r"\\u007b", json.translate(_JSON))
