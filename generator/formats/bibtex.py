"""BibTeX of one paper, with only what is known of it."""

from __future__ import annotations

import re

from pylatexenc.latexencode import UnicodeToLatexEncoder

from generator.identifiers import build_url
from generator.model import Paper
from generator.text.maths import split_maths

_ENTRY_TYPES = {
    "journal": "article", "conference": "inproceedings", "workshop": "inproceedings", "report": "techreport",
    "book": "book", "thesis": "phdthesis",
}  # fmt: skip
_VENUE_FIELDS = {
    "article": "journal", "inproceedings": "booktitle", "techreport": "institution", "book": "publisher",
    "phdthesis": "school",
}  # fmt: skip
_ENCODER = UnicodeToLatexEncoder(
    unknown_char_policy="keep", replacement_latex_protection="braces-after-macro"
)

_PLAIN = re.compile(r"[\w !'()*+,./:;=?@\[\]`|-]*", re.ASCII)  # needs no encoding; far most texts are such
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
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
    encoded = str(_ENCODER.unicode_to_latex(f"${text}$" if maths else text))
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
    return " ".join(word if "$" in word else _CAPITALS.sub(r"{\g<0>}", word) for word in title.split(" "))


def render_bibtex(paper: Paper) -> str:
    """Return the entry of a paper, its id as the key; unknown facts have no field."""
    kind = _ENTRY_TYPES.get(paper.venue_type or "", "misc")
    year, _, rest = paper.published.partition("-")
    fields = {
        "title": _protect_capitals(encode_latex(paper.title)),
        "author": " and ".join(
            f"{{{encode_latex(a.name)}}}" if _is_body(a.name) else encode_latex(a.name) for a in paper.authors
        ),
        "year": year,
        "month": str(int(rest[:2])) if rest else "",
        _VENUE_FIELDS.get(kind, "howpublished"): encode_latex(paper.venue),
        "volume": encode_latex(paper.volume),
        "number": encode_latex(paper.issue),
        "pages": encode_latex(paper.pages.replace("–", "-")).replace("-", "--"),
        "publisher": encode_latex(paper.publisher),
        "isbn": encode_latex(paper.isbn),
        "doi": _escape_braces(next(iter(paper.links.get("doi", ())), "")),
        "eprint": next(iter(paper.links.get("arxiv", ())), ""),
        "archiveprefix": "arXiv" if paper.links.get("arxiv") else "",
        "url": _escape_braces(best_url(paper)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{paper.id},", *lines, "}"])


def _escape_braces(identifier: str) -> str:
    """Return an identifier or address whose braces, which would end the field, are written as in addresses."""
    return identifier.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _is_body(name: str) -> bool:
    """Return whether a name must not be taken apart: it is a group's, or has the word that separates authors."""
    return bool(
        re.search(r"\b(team|group|consortium|collaboration|project|community)\b", name, re.IGNORECASE)
    )


def best_url(paper: Paper) -> str:
    """Return the address that says most about a paper, or the empty string."""
    for kind in ("doi", "arxiv", "openreview", "page", "pdf", "project", "code"):
        if values := paper.links.get(kind):
            return build_url(kind, values[0])
    return ""
