"""Converts HTML in bibliographic texts to plain text: tags and entities become the characters that they represent."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from html.entities import html5

_WORDS = (
    "a abbr alternatives b bdi bdo bold cite code del dfn em ext-link font i inf inline-formula ins italic kbd mark math"
    " mfrac mi mn mo monospace mover mrow ms mspace mstyle msqrt msub msubsup msup mtext munder named-content nobr"
    " overline q roman s samp sans-serif sc scp semantics small span strike strong styled-content sub sup tex-math tt"
    " u underline var xref"
)
_BLOCKS = (
    "abstract article blockquote break br caption dd disp-formula div dl dt h1 h2 h3 h4 h5 h6 hr li list list-item ol"
    " p para pre sec section simple-para table tbody td th thead title tr ul"
)
_INLINE, _BLOCK = frozenset(_WORDS.split()), frozenset(_BLOCKS.split())
_VOID = frozenset({"br", "break", "hr"})
_TAG = re.compile(
    r"<(?P<close>/?)(?P<prefix>(?:jats|mml|m):)?(?P<name>[a-z][a-z0-9-]{0,30}+)"
    r"(?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'))*+\s*+/?>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(su[bp])>([^<>]*)</\1>", re.IGNORECASE)
_SCRIPTS = frozenset({"sub", "sup", "inf"})
_SIGNS = frozenset("0123456789+-−=()")
_CODES = (*map(ord, "²³¹"), *range(0x1D2C, 0x1D6B), *range(0x2070, 0x209D))


def _list_forms(kind: str) -> dict[str, str]:
    """Return the characters with a kind of Unicode decomposition, by ordinary character: `{"2": "²"}` for `<super>`."""
    parts = {chr(code): unicodedata.decomposition(chr(code)).split() for code in _CODES}
    return {chr(int(part[1], 16)): sign for sign, part in reversed(parts.items()) if part[:1] == [kind]}


_RAISED: Mapping[str, Mapping[str, str]] = {"sup": _list_forms("<super>"), "sub": _list_forms("<sub>")}
"""Superscript and subscript characters, by ordinary character."""
_COMMENT = re.compile(r"<!--(?:(?!--)[^<]|-(?!->)|<(?!!--))*+-->")
_ENTITY = re.compile(r"&(?:amp;)*(?P<name>#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def html_to_text(text: str) -> str:
    """Return a text without HTML, JATS and MathML tags, and with entities as characters.

    A block tag such as `<p>` becomes a space. Superscript and subscript digits become Unicode characters. Unclosed tags
    and unknown names stay: nothing in `a<b & c>d` is HTML.

    >>> html_to_text("<p><i>Strix</i> and CO<sub>2</sub></p><p>5&#x2013;9 caf&eacute;s</p>").strip()
    'Strix and CO₂  5–9 cafés'
    """
    if "&" in text:
        text = _ENTITY.sub(_read_entity, text)
    if "<" not in text:
        return text
    text = _COMMENT.sub(" ", text)
    closed = {_name(match) for match in _TAG.finditer(text) if match["close"]} | _VOID
    if text.lstrip()[:3].casefold() in {"<p>", "<p "}:
        closed |= {"p"}
    text = _SCRIPT.sub(_read_script, _TAG.sub(lambda match: _read_tag(match, closed), text))
    return re.sub(r"</?su[bp]>", "", text) if closed & _SCRIPTS else text


def _name(match: re.Match[str]) -> str:
    return match["name"].casefold()


def _read_tag(match: re.Match[str], closed: set[str]) -> str:
    """Return the replacement of a tag: a space for a block tag; text that is not a tag stays unchanged."""
    name = _name(match)
    is_script = name in _SCRIPTS
    if name not in closed and not match["prefix"] and not match[0].endswith("/>"):
        return match[0]
    if is_script and not (match["prefix"] or "").casefold().startswith("m"):
        return f"<{match['close']}{'sub' if name == 'inf' else name}>"
    if name in _BLOCK:
        return " "
    return "" if match["prefix"] or name in _INLINE else match[0]


def _read_script(match: re.Match[str]) -> str:
    """Return digits and signs, or one letter, as superscript or subscript characters; longer words stay unchanged."""
    said, raised = match[2].strip().replace("-", "−"), _RAISED[match[1].casefold()]
    if not all(sign in raised for sign in said) or not (len(said) == 1 or _SIGNS.issuperset(said)):
        return match[2]
    return "".join(raised[sign] for sign in said)


def _read_entity(match: re.Match[str]) -> str:
    """Return the character of an entity, also if its ampersand was escaped; unknown names stay unchanged."""
    name = match["name"]
    if name.startswith("#") or f"{name};" in html5:
        return html.unescape(f"&{name};")
    return match[0]
