"""Finds identifiers as written by people and programs: with remains of TeX or HTML, and inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from generator.formats.shared.facts import clean_value
from generator.identifiers import parse_identifier, parse_name
from generator.model import LinkKind
from generator.text.html_text import html_to_text
from generator.text.latex_reader import read_address

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_LABEL = re.compile(r"\bdoi\b:?", re.IGNORECASE)
_MARKS = ".,;:!?'\"”’“‘"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga econ"
    " eess funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics"
    " plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
ARXIV_ARCHIVES = frozenset(_ARCHIVES.split())
"""The current and former archives at the start of arXiv numbers: https://arxiv.org/category_taxonomy."""
_NUMBER = (
    rf"(?P<id>\d\d(?:0[1-9]|1[0-2])\.\d{{4,5}}|(?:{'|'.join(_ARCHIVES.split())})(?:\.[A-Z]{{2}})?/\d{{7}})"
)
_WORDS = r"(?:(?:(?:https?://)?(?:www\.)?arxiv\.org/?|arxiv|corr|e-?prints?|preprints?|available|at|as|on|in|also)\b[\s:,]*)"
_NAMED = r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv\b[\s:]*(?:abs/)?|abs/|pdf/)"
_CLASS = r"(?:\s*[\[(][A-Za-z-]+(?:\.[A-Za-z-]+)?(?:[,;\s]+[A-Za-z-]+(?:\.[A-Za-z-]+)?){0,8}[\])])?"
_ARXIV = re.compile(
    rf"{_WORDS}{{0,6}}(?:{_NAMED})?{_NUMBER}(?:v\d+)?(?:\.pdf)?{_CLASS}", re.IGNORECASE | re.ASCII
)
_ONLY_WORDS = re.compile(rf"{_WORDS}{{0,6}}", re.IGNORECASE)
_NAME = re.compile(r"arxiv|\bcorr\b|abs/|pdf/", re.IGNORECASE)
_AROUND = " .,;:()[]{}<>\"'“”‘’"
_END = re.compile(r"[;\n]|[.,](?=\s)")


class Written(NamedTuple):
    """An identifier in canonical form, and the rest of the text."""

    value: str
    rest: str


def find_doi(text: str) -> Written | None:
    r"""Return the first DOI in a text, or None.

    >>> find_doi("doi:10.1000/Owl.4, PMID: 1234"), find_doi(r"(10.1000/a{\textless}1{\textgreater}b\_c).")
    (Written(value='10.1000/owl.4', rest='PMID: 1234'), Written(value='10.1000/a<1>b_c', rest=''))
    """
    text = _strip_markup(text)
    if _RESOLVER.search(text):
        text = re.sub(r"(doi\.org/[^\s?#]*)[?#]\S*", r"\1", text, flags=re.IGNORECASE)
    if "%" in text:
        text = unquote(text)
    match = _DOI.search(text)
    if match is None:
        return None
    start = text.rfind(" ", 0, match.start()) + 1
    word = trim(text[start : match.end()])
    value = parse_identifier("doi", trim(match[0]))
    if "://" in word and not _RESOLVER.search(word):
        value = next((name for kind, name in filter(None, [parse_name(word)]) if kind == "doi"), value)
    if value is None:
        return None
    rest = f"{_LABEL.sub(' ', text[:start])} {text[start + len(word) :]}"
    return Written(value, clean_value(rest).strip(_AROUND))


def find_arxiv(text: str, *, bare: bool = False) -> Written | None:
    """Return the arXiv number if a text, or a part of it between punctuation, is one; otherwise None.

    A number inside a sentence may belong to another paper. With `bare`, the text may be a number without the name of
    arXiv.

    >>> find_arxiv("arXiv:2001.00003v2 [cs.CL]"), find_arxiv("abs/2001.00003"), find_arxiv("Nest 5, arXiv: cs/0112017")
    (Written(value='2001.00003', rest=''), Written(value='2001.00003', rest=''), Written(value='cs/0112017', rest='Nest 5'))
    >>> find_arxiv("2001.00003"), find_arxiv("See arXiv:2001.00003")
    (None, None)
    """
    if not text or not (bare or _NAME.search(text)):
        return None
    text = _strip_markup(text)
    for start, end in ((0, len(text)), *_list_segments(text)):
        match = _ARXIV.fullmatch(trim(clean_value(text[start:end]), keep="])"))
        if match is None or not (bare or _NAME.search(match[0])):
            continue
        archive, slash, number = match["id"].rpartition("/")
        name, dot, topic = archive.partition(".")
        if value := parse_identifier("arxiv", f"{name.lower()}{dot}{topic.upper()}{slash}{number}"):
            rest = clean_value(f"{text[:start]} {text[end:]}").strip(_AROUND)
            return Written(value, "" if _ONLY_WORDS.fullmatch(rest) else rest)
    return None


def says_arxiv(text: str) -> bool:
    """Return whether a text only names arXiv or a preprint on it.

    >>> says_arxiv("arXiv preprint"), says_arxiv("CoRR"), says_arxiv("Preprint of owls")
    (True, True, False)
    """
    return bool(_ONLY_WORDS.fullmatch(text.strip(_AROUND)) and _NAME.search(text))


def find_named(kind: LinkKind, text: str) -> Written | None:
    """Return the identifier of a kind in a text, such as a cell of a column for this kind, or None."""
    if kind == "doi":
        return find_doi(text)
    if kind == "arxiv" and (found := find_arxiv(text, bare=True)):
        return found
    value = parse_identifier(kind, _strip_markup(text))
    return Written(value, "") if value else None


def trim(text: str, *, keep: str = "") -> str:
    """Return a text without punctuation at its end; a closing bracket stays if it was opened in the text.

    >>> trim("10.1000/(owl)5)."), trim("10.1000/owl>,")
    ('10.1000/(owl)5', '10.1000/owl')
    """
    if text[-1:].isalnum():
        return text
    open_ = {end: text.count(begin) - text.count(end) for end, begin in _PAIRS.items() if end not in keep}
    end = len(text)
    while end:
        sign = text[end - 1]
        if sign in open_ and open_[sign] < 0:
            open_[sign] += 1
        elif sign not in _MARKS:
            break
        end -= 1
    return text[:end]


def _strip_markup(text: str) -> str:
    """Return a text without TeX and HTML markup; plain braces may be part of the text and stay."""
    return html_to_text(read_address(text) if "\\" in text or "$" in text else text).strip()


def _list_segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the parts of a text between punctuation."""
    start = 0
    for mark in _END.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)
