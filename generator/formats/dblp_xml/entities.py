"""Reads the named characters of DBLP's dump, such as `&ouml;`, without its document type.

The dump begins with `<!DOCTYPE dblp SYSTEM "dblp.dtd">`, and that file declares the names of Latin-1, as `&ouml;`
(https://dblp.org/xml/dblp.dtd). Here the names are those of HTML 4, which have them all. Nothing is fetched, and no file
can declare an entity: any other document type stays, and is refused with the file, as is a name that is not known.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint

_DOCTYPE = re.compile(
    r"(?P<before>\s*(?:<\?xml\b[^<>]*\?>)?\s*(?:<!--(?:(?!--).)*+-->\s*)*+)"
    r"<!DOCTYPE\s+dblp\s+SYSTEM\s+(?:\"[^\"<>]*\bdblp[\w.-]*\.dtd\"|'[^'<>]*\bdblp[\w.-]*\.dtd')\s*>",
    re.DOTALL,
)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = frozenset({"amp", "apos", "gt", "lt", "quot"})


def resolve_entities(text: str) -> str:
    r"""Return a dump of DBLP without its document type and with its named characters as such, in the same lines.

    Any other text stays as it is, and so do names that are not known, which are no XML then.

    >>> resolve_entities('<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>M&ouml;we, &owl;</dblp>')
    '\n<dblp>Möwe, &owl;</dblp>'
    """
    match = _DOCTYPE.match(text)
    if match is None:
        return text
    lines = "\n" * match[0].count("\n", len(match["before"]))
    return f"{match['before']}{lines}{_ENTITY.sub(_read_entity, text[match.end() :])}"


def _read_entity(match: re.Match[str]) -> str:
    name = match[1]
    known = name in name2codepoint and name not in _OF_XML
    return chr(name2codepoint[name]) if known else match[0]
