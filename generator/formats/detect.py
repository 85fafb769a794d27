"""Detects the format of a text by its content, then by the file's extension."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import msgspec

from generator.formats.csv.columns import TITLE_WORDS, fold_header
from generator.formats.csv.layout import has_title_column

_ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".nbib": "medline", ".enw": "enw", ".csv": "csv", ".tsv": "csv", ".md": "readme",
        ".markdown": "readme", ".yml": "yaml", ".yaml": "yaml", ".jsonl": "jsonl", ".ndjson": "jsonl", ".atom": "arxiv",
    }
)  # fmt: skip
_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"yaml": ("jsonl",), "jsonl": ("csl-json", "openalex", "hf", "yaml")}
)
"""Formats that files with an extension may have without a note, because JSON Lines are used by many formats."""
_FENCE = re.compile(r" {0,3}(```|~~~)")
_BIBTEX = re.compile(
    r"^[ \t]*@[ \t]*[A-Za-z]{1,40}\s{0,9}[{(]\s{0,9}[^\s{}()=,]{0,200}\s{0,9}[,=\"{]", re.MULTILINE
)
_RIS = re.compile(r"\A(?:[^\n]*\n){0,20}?TY  ?- ?\w|\AFN [^\n]*\nVR ")  # the second is the Web of Science's
_MEDLINE = re.compile(r"\A(?:(?!TY  ?-)[^\n]*\n){0,20}?PMID *- ?\d")
_ENW = re.compile(r"\A\s*%0[ \t]+\w+[^\n]*\n%\S[ \t]")
_PROLOGUE = re.compile(r"\A(?:\s|<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*", re.DOTALL)
_ANNOUNCED = re.compile(r"<(?:\w+:)?id>\s*oai:arXiv\.org:")
"""An entry of arXiv's feed of new papers, which is Atom like the answers of its API."""
_ROOTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "acl-xml": re.compile(r"<collection\b|<volume\b[^>]*\bid="),
        "arxiv-rss": re.compile(r"<rss\b[^>]*\bhttp://arxiv\.org/schemas/atom"),
        "oai-pmh": re.compile(r"<(?:\w+:)?OAI-PMH\b"),
        "dblp-xml": re.compile(r"<(?:dblp|dblpperson|bht)\b"),
        "endnote-xml": re.compile(r"<(?:xml|records)\b[^>]*>\s*<(?:records|record)\b"),
    }
)
"""The root elements of XML formats."""
_LINKED = re.compile(r"^[ \t]*(?:[-*+|]|\d+[.)])\s?.*\]\(https?://|^\[[^\]\n]+\]\(https?://", re.MULTILINE)
# Text that occurs only in saved daily-papers pages: the line of facts under an entry, or the page's own texts.
_FACTS = re.compile(
    r"^[ \t]*(?:•[ \t]*)?\d+ authors?[ \t]*$|^[ \t]*·[ \t]*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d|^·$",
    re.MULTILINE,
)
_PAGE = re.compile(
    r"^(?:Get trending papers in your email inbox!|byAK and the research community)$", re.MULTILINE
)
_DAY = re.compile(
    r"\Anew\s(?:.*\n){0,20}?\s{0,9}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}\b"
)
_JSON_START = ("{", "[")
_WRAPPERS = ("results", "items", "papers", "dailyPapers", "notes", "data", "recommendedPapers")
_MEMBERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        name: frozenset(members.split())
        for name, members in {
            "csl-json": "DOI ISBN URL accessed author citation-key collection-title container-title event-title issued page type",
            "hf": "ai_summary discussionId numComments paper publishedAt submittedBy submittedOnDailyBy thumbnail upvotes",
            "openalex": "abstract_inverted_index authorships biblio cited_by_count display_name doi ids is_retracted "
            "open_access primary_location publication_date publication_year type",
            "semantic-scholar": "paperId corpusId externalIds openAccessPdf publicationVenue s2FieldsOfStudy tldr citationCount "
            "influentialCitationCount citedPaper citingPaper corpusid externalids s2fieldsofstudy",
            "openreview": "forum invitation invitations content signatures replyto readers cdate tcdate mdate",
            "better-bibtex-json": "itemType creators itemID citationKey citekey abstractNote publicationTitle tags collections "
            "relations attachments",
            "jsonl": "added aliases author_count extra kind links not_topics sources status superseded_by venue venue_type",
        }.items()
    }
)
"""Members of objects that distinguish the JSON formats."""


def detect_format(name: str, text: str) -> str:
    """Return the format of a text: `listing`, `bibtex`, `ris`, `csl-json`, `arxiv`, `hf`, `openalex`, `csv`, `acl-xml`,
    `readme` or `jsonl`; empty if neither its content nor the extension of its name identifies the format.
    """  # noqa: D205 (the names stand together)
    text = text.lstrip("\ufeff")
    start = text.lstrip()
    found = ""
    if start.startswith(_JSON_START):
        found = _detect_json(start) or ("yaml" if _is_list_of_papers(start) else "")
    if not found and start.startswith("<"):
        found = _detect_xml(start)
    ending = _ENDINGS.get(PurePath(name).suffix.casefold(), "")
    if not found and ending == "bibtex" and _BIBTEX.search(_leave_out_code(text)):
        return ending  # whatever else the words around the entries may be
    return found or _detect_text(text) or ending


def find_other_reading(name: str, text: str, found: str) -> str:
    """Return another possible format of a text than the detected one, or an empty text.

    The extension may indicate another format, a list of links may contain BibTeX entries, and an object with a type and
    a title may be an item of CSL-JSON or of any list.
    """
    ending = _ENDINGS.get(PurePath(name).suffix.casefold(), "")
    if ending and ending != found and found not in _ALSO.get(ending, ()):
        return "" if find_other_format(ending, text) == found else ending
    text = text.lstrip("\ufeff")
    if found in {"bibtex", "readme"}:
        outside = _leave_out_code(text)
        if _BIBTEX.search(outside) and _LINKED.search(outside):
            return "readme" if found == "bibtex" else "bibtex"
    if found == "csl-json" and not _is_surely_csl(_find_item(text.lstrip())):
        return "yaml"
    return ""


def find_other_format(name: str, text: str) -> str:
    """Return the format of a text if it is clearly not the named one, otherwise an empty text.

    Only checked for formats whose readers would misread the text as entries; other readers find none in it.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if name == "listing":
        other = _detect_text(text)
        return other if other in {"bibtex", "ris", "csv", "readme"} else ""
    if name in {"ris", "medline"}:
        other = "medline" if _MEDLINE.match(start) else "ris" if _RIS.match(start) else ""
        return other if other != name else ""
    if name == "yaml":
        return _detect_json(start) if start.startswith(_JSON_START) else ""
    if name == "readme":
        return _detect_xml(start) if start.startswith("<") else ""
    if name not in _MEMBERS or not start.startswith(_JSON_START):
        return ""
    counts = {form: len(members & _find_item(start).keys()) for form, members in _MEMBERS.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] > counts[name] else ""


def _find_item(text: str) -> Mapping[str, object]:
    """Return the first item of complete JSON, or of its first line."""
    value = _decode(text)
    value = _decode(text.partition("\n")[0]) if value is None else value
    if isinstance(value, dict):
        value = _open_message(value)
        value = next((value[k] for k in _WRAPPERS if isinstance(value.get(k), list)), [value])
    first = value[0] if isinstance(value, list) and value else None
    return first if isinstance(first, dict) else {}


def _detect_xml(text: str) -> str:
    root = text[_match_end(_PROLOGUE, text) :][:2000]
    if re.match(r"<(?:\w+:)?feed\b", root):
        if "http://www.w3.org/2005/Atom" not in root:
            return ""
        return "arxiv-rss" if _ANNOUNCED.search(text) else "arxiv"
    return next((name for name, pattern in _ROOTS.items() if pattern.match(root)), "")


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _detect_json(text: str) -> str:
    lines = text.split("\n", 1)
    if (first := _decode(lines[0])) is not None and len(lines) > 1 and lines[1].strip():
        return _name_item(first) or ("jsonl" if isinstance(first, dict) else "")
    value = _decode(text)
    if isinstance(value, dict):
        answer = _open_message(value)
        items = next((answer[k] for k in _WRAPPERS if isinstance(answer.get(k), list)), None)
        found = _name_item(answer) or (_name_first(items) if items else "")
        lone = "\n" not in text.strip() and "title" in answer
        return found or ("openalex" if items == [] and "meta" in answer else "jsonl" if lone else "")
    return _name_first(value) if isinstance(value, list) else ""


def _open_message(value: dict[str, Any]) -> dict[str, Any]:
    """Return the message in an answer of Crossref; other objects are returned unchanged."""
    message = value.get("message")
    return message if isinstance(message, dict) and "message-type" in value else value


def _is_list_of_papers(text: str) -> bool:
    """Return whether the first JSON item has a field that lists use for titles."""
    return any(fold_header(str(name)) in TITLE_WORDS for name in _find_item(text))


def _decode(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None


def _name_item(item: object) -> str:
    """Return the format of an item, judged by fields that only this format has."""
    if not isinstance(item, dict):
        return ""
    return next((form for form, is_one in _ITEMS.items() if is_one(item)), "")


def _name_first(items: Sequence[object]) -> str:
    """Return the format of the first object in a list; services write `null` for unknown items."""
    return _name_item(next((item for item in items if isinstance(item, dict)), None))


def _is_surely_csl(item: Mapping[str, object]) -> bool:
    """Return whether an object has members that only CSL-JSON items have."""
    people = item.get("author")
    named = isinstance(people, list) and any(isinstance(one, dict) and "family" in one for one in people)
    return named or bool(item.keys() & {"issued", "container-title", "DOI", "citation-key"})


def _has(needed: str, *one_of: str) -> Callable[[Mapping[str, object]], bool]:
    """Return a test for objects that have `needed` and at least one of the other members."""
    others = frozenset(one_of)
    return lambda item: needed in item and bool(item.keys() & others)


_ITEMS: Mapping[str, Callable[[Mapping[str, object]], bool]] = MappingProxyType(
    {
        "crossref": lambda item: (
            isinstance(item.get("title"), list)
            and bool(item.keys() & {"is-referenced-by-count", "deposited"})
        ),
        "better-bibtex-json": _has("itemType", "creators", "itemID", "key", "citationKey", "citekey"),
        "openreview": _has("content", "forum", "invitation", "invitations"),
        "semantic-scholar": lambda item: (
            bool(item.keys() & {"citedPaper", "citingPaper"})
            or ("title" in item and bool(item.keys() & {"paperId", "corpusId", "corpusid"}))
        ),
        "openalex": lambda item: (
            "openalex.org/" in str(item.get("id", "")) or "abstract_inverted_index" in item
        ),
        "hf": lambda item: (
            isinstance(item.get("paper"), dict)
            or bool(item.keys() & {"upvotes", "discussionId", "submittedOnDailyBy", "ai_summary"})
        ),
        "csl-json": lambda item: (
            _is_surely_csl(item)
            or ("type" in item and "title" in item and not item.keys() & {"venue", "links"})
        ),
    }
)
"""Tests for the items of each JSON format; the first match wins."""


def _leave_out_code(text: str) -> str:
    """Return a Markdown text without fenced code blocks, in which a reading list may show its BibTeX entry."""
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip(" `~") == "" and mark[1] == fence:
            fence = ""
        elif not fence:
            kept.append(line)
    return "\n".join(kept)


def _detect_text(text: str) -> str:
    tagged = (("medline", _MEDLINE), ("ris", _RIS), ("enw", _ENW))
    if found := next((name for name, begins in tagged if begins.match(text.lstrip())), ""):
        return found
    outside = _leave_out_code(text) if "```" in text or "~~~" in text else text
    if (entry := _BIBTEX.search(outside)) and not _LINKED.search(outside, 0, entry.start()):
        return "bibtex"
    if _PAGE.search(text) or _DAY.match(text) or len(_FACTS.findall(text)) > 1:
        return "listing"
    if has_title_column(text):
        return "csv"
    return "readme" if _LINKED.search(outside) else ""
