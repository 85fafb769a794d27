"""Links of a reading list: what their labels and URLs mean, and which of them is the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from generator.formats.readme.parse import Piece
from generator.formats.readme.venues import parse_venue
from generator.identifiers import IDENTITY, parse_identifier, parse_link
from generator.model import LinkKind

_PAPER = frozenset(
    ["paper", "papers", "pdf", "arxiv", "abs", "abstract", "doi", "openreview", "preprint", "proceedings", "acl", "ieee", "acm", "cvf", "html"]
)  # fmt: skip
# What a word in a label promises; the first that fits decides.
_KINDS: Mapping[LinkKind, str] = {
    "page": """blog blogs blogpost post collection collections wechat zhihu slides poster review tweet twitter supp
        supplement supplementary material appendix leaderboard docs news bibtex bib""",
    "demo": "demo demos space spaces colab playground showcase",
    "data": "data dataset datasets benchmark corpus",
    "model": "model models weights checkpoint checkpoints",
    "video": "video videos youtube talk presentation",
    "code": """code codes github git repo repository pytorch torch tensorflow tf jax keras caffe mxnet implementation
        star stars gitlab matlab python""",
    "project": "project projects page website webpage web site homepage home",
}
_BY_WORD: Mapping[str, LinkKind] = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_FILLING = """the a an of in on to for and with official unofficial full our author authors s link links here url hf huggingface
    hugging face train training technical report version online view badge new usage diffusers semantic scholar"""
_WORDS = _PAPER.union(_FILLING.split(), _BY_WORD)
_MOST_WORDS = 4
_ARXIV_LABEL = re.compile(r"(?:arxiv[: ]*)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
# Houses whose addresses are those of papers, besides what has an identifier or ends in `.pdf`.
_HOUSES = re.compile(
    r"(?:^|\.)(?:aclanthology\.org|aclweb\.org|papers\.nips\.cc|proceedings\.neurips\.cc|papers\.neurips\.cc|"
    r"openaccess\.thecvf\.com|cv-foundation\.org|ecva\.net|proceedings\.mlr\.press|jmlr\.org|ieeexplore\.ieee\.org|"
    r"computer\.org|dl\.acm\.org|link\.springer\.com|sciencedirect\.com|nature\.com|science\.org|pnas\.org|biorxiv\.org|"
    r"medrxiv\.org|ijcai\.org|ojs\.aaai\.org|aaai\.org|isca-speech\.org|isca-archive\.org|semanticscholar\.org|"
    r"roboticsproceedings\.org|mdpi\.com|frontiersin\.org|plos\.org|wiley\.com|tandfonline\.com|usenix\.org|ssrn\.com|"
    r"hal\.science|ncbi\.nlm\.nih\.gov|sciencemag\.org|diva-portal\.org|rdcu\.be|direct\.mit\.edu|academic\.oup\.com|openreview\.net|arxiv\.org|eprint\.iacr\.org|vldb\.org)$"
)
_DOI_HOUSES = re.compile(r"^https?://(?:dl\.acm\.org|link\.springer\.com|[a-z]+\.wiley\.com|www\.tandfonline\.com|www\.science\.org|www\.pnas\.org|pubs\.acs\.org)/(?:doi|article|chapter)/(?:abs/|full/|pdf/|epdf/)?(10\.\d{4,9}/[^?#]+)")  # fmt: skip


def read_label(text: str) -> tuple[str, ...]:
    """Return the words of a link's text in lower case: `[[Project Page]]` is project, page; `code2` is code."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return tuple(re.sub(r"(?<=[a-z])\d$", "", word) for word in words)


def is_label(text: str) -> bool:
    """Return whether a link's text says what it leads to (`[code]`, `Project Page`, `CVPR 2024`) and is no title."""
    words = read_label(text)
    bare = text.strip(" []()【】")
    known = len(words) <= _MOST_WORDS and all(word in _WORDS for word in words)
    return known or bool(_ARXIV_LABEL.fullmatch(bare)) or _is_venue(bare)


def _is_venue(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and ": " not in text and parse_venue(text) is not None


def names_paper(text: str) -> bool:
    """Return whether a label says that the link is the paper itself."""
    bare = text.strip(" []()【】")
    words = read_label(text)
    promised = any(word in _PAPER for word in words) and not _promise(words)
    return promised or bool(_ARXIV_LABEL.fullmatch(bare)) or _is_venue(bare)


def is_paper_address(url: str) -> bool:
    """Return whether an address is that of a paper by itself: an identifier, a PDF, or a page of a publishing house."""
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
    """Return an address of OpenReview without the parts that name a comment."""
    return url.split("&", 1)[0] if "openreview.net" in url else url


def _promise(words: Iterable[str]) -> LinkKind | None:
    promised = {_BY_WORD.get(word) for word in words}
    return next((kind for kind in _KINDS if kind in promised), None)


def read_links(
    titles: Sequence[Piece], others: Iterable[Piece], *, column: str = ""
) -> tuple[dict[LinkKind, tuple[str, ...]], list[Piece]]:
    """Return the links of an entry by kind, and the pieces whose address is none.

    An identifier is the paper's when its link is the title or a label like `paper`, and the only one of its kind; any
    other identifier is a page. `column` replaces the text of a link that has none.
    """
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
        own = is_title or names_paper(piece.text or column)
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
    promised = _promise(words)
    if own and not promised:
        is_pdf = kind == "pdf" or "pdf" in words or urlsplit(value).path.casefold().endswith(".pdf")
        return ("pdf" if is_pdf else "page" if kind == "project" else kind), value
    if promised and (kind in {"code", "project", "model", "pdf"} or promised == "page"):
        return promised, value
    return kind, value
