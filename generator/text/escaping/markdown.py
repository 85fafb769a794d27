"""Escaping for Markdown: as text, as text with mathematics, as a URL, as code.

Text of a record never reaches a Markdown parser unescaped: every special character is written as a numeric character
reference, which CommonMark (0.31, sections 2.5 and 6) and Python-Markdown read identically and never as markup.
Backslashes are not sufficient, because Python-Markdown supports fewer of them. Only the templates and the MathML
converter write raw HTML.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

from generator.text.escaping.html import encode_url
from generator.text.escaping.lines import clean_line
from generator.text.escaping.rich import Cut, render_rich
from generator.text.normalise import normalise

_ACTIVE = re.compile(
    r"(?:^|(?<=^ ))(?:[A-Za-z]|[0-9]+|[ivxlcdm]+|[IVXLCDM]+)\.(?=\s|$)"  # numbered lists
    r"|[!-$&-+/:-@\[-`{-~]|^%"  # punctuation of ASCII but for `%` and these three:
    r"|(?<![^\W_])-|-(?![^\W_])"  # a hyphen that joins no two words: lists, rules, dashes
    r"|\.(?!\s|$|(?<=[0-9].)[0-9])|(?<![^\W_])\."  # a stop that ends no word and parts no number: ellipses, addresses
    r"|(?<=[0-9])(?:st|nd|rd|th)"  # 1st, 2nd, 3rd, 4th: raised by some
    r"|[a-f0-9](?=[a-f0-9]{39})"  # the hash of a commit: a link to some
)
_PLAIN = re.compile(
    r"[\\`*_\[\]~]"  # markup wherever it stands
    r"|<(?=\S)|&(?=#?\w+;)"  # HTML, an address
    r"|\{(?=\+\+|--|==|>>)"  # CriticMarkup, which minds no backslash
    r"|(?:(?<=http)|(?<=https)|(?<=ftp)):(?=//\S{0,500}?[\\`*_\[\]~<&{])"  # an address with any of these: GitHub, which links
    r"|(?<=www)\.(?=\S{0,500}?[\\`*_\[\]~<&{])"  # addresses, would show the backslash
    r"|^(?:[-+#>=:]|\d{1,9}(?=[.)]))|(?<= )#(?=#*$)",  # lists, quotes, rules, headings and their ends
    re.IGNORECASE,
)
_GITHUB = re.compile(
    r"\$|(?<!\\):(?=\S)"
)  # what GitHub reads as mathematics and emoji, which mind no backslash
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_ORDINALS = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)")
_ACTIVE_IN_LINKS = re.compile(rf"[$+*_~^|@]|=(?==)|-(?=-)|{_ORDINALS.pattern}")
_KEPT = 16_384  # texts that are on many pages: names of topics, reasons


@lru_cache(maxsize=_KEPT, typed=True)
def escape_markdown(text: object) -> Markup:
    """Return a text escaped so that Markdown shows exactly its characters."""
    return Markup(_number(clean_line(str(text))))  # noqa: S704 (this is the escaping)


def _number(text: str) -> str:
    return _ACTIVE.sub(_refer, text)


def _refer(match: re.Match[str]) -> str:
    """Return references in hexadecimal, because `#45` could be read as an issue number."""
    return "".join(f"&#x{ord(character):x};" for character in match[0])


def escape_rich(text: str, cut: Cut | None = None) -> Markup:
    """Return a text for Markdown with its formulas as MathML (`render_rich`)."""
    return render_rich(text, _number, cut)


def escape_list_link(url: str) -> Markup:
    """Return a URL for a link in a file that people also read as source; only CommonMark reads it, so `_` and `*` stay.

    >>> print(escape_list_link("https://example.org/a_(b)?c=1&copy;"))
    https://example.org/a_%28b%29?c=1&amp;copy;
    """
    return Markup(_ENTITY.sub("&amp;", encode_url(url)).replace("|", "%7C"))  # noqa: S704 (nothing that could end the link is left)


def escape_link(url: str) -> Markup:
    """Return a URL for use in the parentheses or angle brackets of a Markdown link.

    Spaces, brackets and quotes would end it (CommonMark, 6.3), so they are percent-encoded (RFC 3986, 2.1), as are the
    braces of templates. Characters that extensions search even in URLs become references. In the paths of files, the
    endings of ordinals, as in `5th-owls.md`, are percent-encoded, which makes no difference (RFC 3986, 6.2.2.2): MkDocs
    looks for a file without reading references.
    """
    encoded = encode_url(url)
    if ":" not in encoded:
        encoded = _ORDINALS.sub(lambda match: "".join(f"%{ord(c):X}" for c in match[0]), encoded)
    return Markup(_ACTIVE_IN_LINKS.sub(_refer, encoded.replace("&", "&amp;")))  # noqa: S704 (nothing that could end the link is left)


def escape_code(text: str) -> Markup:
    """Return lines as an HTML code block, in which Markdown is not read (CommonMark, 4.6).

    Extensions of Python-Markdown that process whole pages, such as `pymdownx.critic`, also search code and HTML, so all
    punctuation is escaped.
    """
    lines = normalise(text).replace("\t", "  ").splitlines()
    code = "\n".join(_number(line) for line in lines)
    return Markup(f"<pre><code>{code}</code></pre>")  # noqa: S704 (escaped line by line)


def escape_plain_markdown(text: str) -> str:
    """Return a text for Markdown that people and language models mostly read as source.

    A backslash may precede any ASCII punctuation (CommonMark, 2.4). Here it is used only before characters that could
    begin markup, so that prose stays readable. Python-Markdown does not read these files.
    """
    return _PLAIN.sub(_slash, clean_line(text).strip())


def escape_list_item(text: str) -> str:
    """Return a text for a list in a README: as `escape_plain_markdown`, and without GitHub formulas and emoji.

    >>> escape_list_item("Owls: what they cost, $5 to $9, and :owl:")
    'Owls: what they cost, &#x24;5 to &#x24;9, and &#x3a;owl:'
    """
    return _GITHUB.sub(_refer, escape_plain_markdown(text))


def escape_in_list(text: str) -> str:
    r"""Return a text for the middle of a line or a table cell in such a list: as `escape_list_item`, and with `|` escaped.

    >>> escape_in_list("2. Owls | Wrens")
    '2. Owls &#x7c; Wrens'
    """
    return escape_list_item(f"·{text.strip()}")[1:].replace("|", "&#x7c;")  # after the dot no line begins


def _slash(match: re.Match[str]) -> str:
    first, rest = match[0][0], match[0][1:]
    return f"&#{ord(first)};{rest}" if first.isdigit() or first == "{" else f"\\{match[0]}"
