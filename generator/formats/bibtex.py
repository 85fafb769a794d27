"""BibTeX of one paper, with only what is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pylatexenc.latexencode import (
    RULE_DICT,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
    get_builtin_uni2latex_dict,
)

from generator.formats.names import split_name
from generator.formats.status import say_status
from generator.identifiers import build_url
from generator.model import Paper, VenueType
from generator.text.maths import split_maths

_ENTRY_TYPES: dict[VenueType, str] = {
    "journal": "article", "conference": "inproceedings", "workshop": "inproceedings", "report": "techreport",
    "book": "book", "thesis": "phdthesis",
}  # fmt: skip
_VENUE_FIELDS = {
    "article": "journal", "inproceedings": "booktitle", "incollection": "booktitle",
    "techreport": "institution", "phdthesis": "school",
}  # fmt: skip
VENUE_TYPES: Mapping[str, VenueType] = {
    **{entry: venue for venue, entry in reversed(_ENTRY_TYPES.items())},
    "conference": "conference", "proceedings": "conference", "report": "report", "incollection": "book",
    "inbook": "book", "collection": "book", "mvbook": "book", "mvcollection": "book", "booklet": "book",
    "mastersthesis": "thesis", "thesis": "thesis", "periodical": "journal", "suppperiodical": "journal",
}  # fmt: skip
"""What kind of venue each type of entry stands for, in BibTeX and biblatex; other types say nothing of it."""
# The encoder's commands for these are wrong or lossy (`Ű` becomes `Ú`, a Greek `Α` a Latin one): they stay as they are,
# as every engine of today reads them. Greek letters that are commands of mathematics are right.
_UNTOUCHED = (*map(ord, "ĦħŦŧŰűŉĿŀĸʼˆ˜˙˚˛‐‑‒―′″"), *range(0x300, 0x530), *range(0x2150, 0x2160))
_COMMANDS = get_builtin_uni2latex_dict()
_KEPT = UnicodeToLatexConversionRule(
    RULE_DICT,
    {
        code: chr(code)
        for code in _UNTOUCHED
        if not re.fullmatch(r"\\ensuremath\{\\[A-Za-z]+\}", _COMMANDS.get(code, ""))
    },
)
_ENCODER = UnicodeToLatexEncoder(
    conversion_rules=[_KEPT, "defaults"],
    unknown_char_policy="keep",
    replacement_latex_protection="braces-after-macro",
)

# Needs no encoding; far most texts are such.
_PLAIN = re.compile(r"(?:[\w !()*+,./:;=?@\[\]|]++|'(?!')|`(?!`)|-(?!-))*+", re.ASCII)
_DASHES = re.compile(r"[-–]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# A group's name, or one with a word that BibTeX takes for the end of a name or of the list.
_BODY = re.compile(
    r"\b(?:team|group|consortium|collaboration|project|community)\b|(?<!\S)and(?!\S)|^others$", re.IGNORECASE
)
_LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')")  # TeX makes one sign of two such
_DOLLAR = re.compile(r"(?<!\\)\$")
_CAPITALS = re.compile(r"\S+[A-Z]\S*?(?=[:,;.?!)]*$)")


def encode_latex(text: str) -> str:
    """Return the text for a BibTeX field: special characters as LaTeX, mathematics as it is, braces always in pairs."""
    if "_" not in text and _PLAIN.fullmatch(text):
        return text
    text = _UNSEEN.sub("", text)
    parts = (
        f"${part}$" if maths and _is_balanced(part) else _encode_words(part, maths=maths)
        for maths, part in split_maths(text)
    )
    return "".join(parts)


def _encode_words(text: str, *, maths: bool) -> str:
    parts = (f"${text}$" if maths else text).split('"')
    encoded = '{"}'.join(_LIGATURE.sub(r"\g<0>{}", str(_ENCODER.unicode_to_latex(part))) for part in parts)
    return encoded.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")


def _is_balanced(tex: str) -> bool:
    """Return whether braces pair up as BibTeX counts them: it also counts escaped ones."""
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _protect_capitals(title: str) -> str:
    """Return the title with braces around words whose capitals a bibliography style must keep."""
    words: list[str] = []
    maths = False
    for word in title.split(" "):
        touched = maths or "$" in word
        maths ^= bool(len(_DOLLAR.findall(word)) % 2)
        words.append(word if touched else _CAPITALS.sub(r"{\g<0>}", word))
    return " ".join(words)


def render_bibtex(paper: Paper) -> str:
    """Return the entry of a paper, its id as the key; unknown facts have no field."""
    kind = _ENTRY_TYPES.get(paper.venue_type, "misc") if paper.venue_type else "misc"
    if kind == "book" and paper.venue:
        kind = "incollection"
    year, _, rest = paper.published.partition("-")
    fields = {
        "title": _protect_capitals(encode_latex(paper.title)),
        "author": " and ".join(_render_name(author.name) for author in paper.authors),
        "year": year,
        "month": str(int(rest[:2])) if rest else "",
        _VENUE_FIELDS.get(kind, "howpublished"): encode_latex(paper.venue),
        "volume": encode_latex(paper.volume),
        "number": encode_latex(paper.issue),
        "pages": _DASHES.sub("--", encode_latex(_DASHES.sub("-", paper.pages))),
        "publisher": encode_latex(paper.publisher),
        "isbn": encode_latex(paper.isbn),
        "doi": _escape_braces(next(iter(paper.links.get("doi", ())), "")),
        "eprint": next(iter(paper.links.get("arxiv", ())), ""),
        "archiveprefix": "arXiv" if paper.links.get("arxiv") else "",
        "url": _escape_braces(best_url(paper)),
        "note": encode_latex(say_status(paper)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{paper.id},", *lines, "}"])


def _escape_braces(identifier: str) -> str:
    """Return an identifier or address whose braces, which would end the field, are written as in addresses."""
    return identifier.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _render_name(name: str) -> str:
    """Return a name as BibTeX takes it: a suffix in the middle, and in braces what must not be taken apart."""
    parts = split_name(name)
    if _BODY.search(name) or ("," in name and not parts):
        return f"{{{encode_latex(name)}}}"
    if parts and parts.suffix:
        return ", ".join(map(encode_latex, (parts.family, parts.suffix, parts.given)))
    return encode_latex(name)


def best_url(paper: Paper) -> str:
    """Return the address that says most about a paper, or the empty string."""
    for kind in ("doi", "arxiv", "openreview", "page", "pdf", "project", "code"):
        if values := paper.links.get(kind):
            return build_url(kind, values[0])
    return ""
