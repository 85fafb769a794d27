"""The links of a reading list: the meaning of their URLs, and which of them is the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from generator.formats.readme.labels import is_vague_label, names_paper, promise, read_label
from generator.formats.readme.pieces import Piece
from generator.identifiers import IDENTITY, parse_identifier, parse_link
from generator.model import LinkKind

# Publishers whose URLs lead to papers, in addition to URLs with an identifier or ending with `.pdf`.
_HOUSES = re.compile(
    r"(?:^|\.)(?:aclanthology\.org|aclweb\.org|papers\.nips\.cc|proceedings\.neurips\.cc|papers\.neurips\.cc|"
    r"openaccess\.thecvf\.com|cv-foundation\.org|ecva\.net|proceedings\.mlr\.press|jmlr\.org|ieeexplore\.ieee\.org|"
    r"computer\.org|dl\.acm\.org|link\.springer\.com|sciencedirect\.com|nature\.com|science\.org|pnas\.org|biorxiv\.org|"
    r"medrxiv\.org|ijcai\.org|ojs\.aaai\.org|aaai\.org|isca-speech\.org|isca-archive\.org|semanticscholar\.org|"
    r"roboticsproceedings\.org|mdpi\.com|frontiersin\.org|plos\.org|wiley\.com|tandfonline\.com|usenix\.org|ssrn\.com|"
    r"hal\.science|archives-ouvertes\.fr|cds\.cern\.ch|inspirehep\.net|zenodo\.org|theses\.fr|theses\.hal\.science|osti\.gov|adsabs\.harvard\.edu|"
    r"jstor\.org|projecteuclid\.org|iopscience\.iop\.org|journals\.aps\.org|link\.aps\.org|osf\.io|techrxiv\.org|researchsquare\.com|preprints\.org|"
    r"elifesciences\.org|cell\.com|jair\.org|drops\.dagstuhl\.de|ceur-ws\.org|cnki\.net|jstage\.jst\.go\.jp|escholarship\.org|ncbi\.nlm\.nih\.gov|sciencemag\.org|diva-portal\.org|rdcu\.be|direct\.mit\.edu|academic\.oup\.com|openreview\.net|arxiv\.org|eprint\.iacr\.org|vldb\.org)$"
)
_DOI_HOUSES = re.compile(r"^https?://(?:dl\.acm\.org|link\.springer\.com|[a-z]+\.wiley\.com|www\.tandfonline\.com|www\.science\.org|www\.pnas\.org|pubs\.acs\.org)/(?:doi|article|chapter)/(?:abs/|full/|pdf/|epdf/)?(10\.\d{4,9}/[^?#]+)")  # fmt: skip

# Hosts of both data and papers: a title that links there leads to a page about the paper.
_DEPOSITS = frozenset(["zenodo.org", "www.zenodo.org"])


def is_paper_address(url: str) -> bool:
    """Return whether a URL certainly leads to a paper: an identifier, a PDF, or a page of a publisher."""
    link = parse_link(_trim(url))
    if link is None:
        return False
    host = urlsplit(link[1]).hostname or "" if link[0] not in IDENTITY else ""
    return (
        link[0] in IDENTITY
        or link[0] == "pdf"
        or bool(_HOUSES.search(host))
        or "huggingface.co/papers/" in url
    )


def _trim(url: str) -> str:
    """Return a URL with the brackets that Markdown requires encoded decoded, and without OpenReview's parameter for a comment."""
    url = url.replace("%28", "(").replace("%29", ")")
    url = url.split("&", 1)[0] if "openreview.net" in url else url
    return re.sub(r"(\.pdf)&[^/]*$", r"\1", url)


def read_entry_links(
    titles: Sequence[Piece], others: Sequence[Piece], *, column: str = ""
) -> tuple[dict[LinkKind, tuple[str, ...]], list[Piece]]:
    """Return the links of an entry by kind, and the pieces with invalid URLs.

    An identifier belongs to the paper if its link is the title or a label like `paper` and it is the only one of its
    kind; any other identifier becomes a page. `column` is the table header above the links: it replaces a missing link
    text and determines the kind of a single link in addition to its text.
    """
    alone = column != "" and len(others) == 1
    found: dict[LinkKind, dict[str, None]] = {}
    bad: list[Piece] = []
    for piece, is_title in [*((p, True) for p in titles), *((p, False) for p in others)]:
        if piece.url.startswith("#") or not piece.url:
            continue
        address = _trim(piece.url)
        link = parse_link(address)
        if link is None:
            bad.append(piece)
            continue
        said = (piece.text, column) if alone else (piece.text or column,)
        own = (
            is_title
            or any(names_paper(text) or is_vague_label(text) for text in said if text)
            or not any(said)
        )
        if own and (doi := _DOI_HOUSES.match(address)) and (name := parse_identifier("doi", doi[1])):
            link = "doi", name
        words = () if is_title else read_label(piece.text or column)
        kind, value = _choose(link, own=own, found=found, words=words, address=address)
        found.setdefault(kind, {})[value] = None
    return {kind: tuple(values) for kind, values in found.items()}, bad


def _choose(
    link: tuple[LinkKind, str],
    *,
    own: bool,
    found: dict[LinkKind, dict[str, None]],
    words: tuple[str, ...],
    address: str,
) -> tuple[LinkKind, str]:
    kind, value = link
    if kind in IDENTITY:
        if value in found.get(kind, ()) or (own and kind not in found):
            return kind, value
        return "page", parse_identifier("page", address) or address
    promised = promise(words)
    if own and not promised:
        is_pdf = kind == "pdf" or "pdf" in words or urlsplit(value).path.casefold().endswith(".pdf")
        is_page = kind == "project" or urlsplit(value).hostname in _DEPOSITS
        return ("pdf" if is_pdf else "page" if is_page else kind), value
    if promised and (kind in {"code", "project", "model", "pdf"} or promised == "page"):
        return promised, value
    return kind, value
