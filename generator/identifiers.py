"""Kinds of links and identifiers, their canonical forms, and their URLs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from generator.limits import ADDRESS
from generator.model import LinkKind

# The two arXiv schemes: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?$", re.ASCII)
# DOI names: ISO 26324; the suffix may hold any printable character.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+$")
_FIRST_ARXIV_YEAR = 91
_OWNER_AND_NAME = 2
_HOST = re.compile(r"[\w.-]{1,253}")
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{8,}$")
_HOSTS: tuple[tuple[str, str, LinkKind], ...] = (
    ("github.com", "", "code"),
    ("gitlab.com", "", "code"),
    ("bitbucket.org", "", "code"),
    ("codeberg.org", "", "code"),
    ("anonymous.4open.science", "", "code"),
    ("huggingface.co", "/datasets/", "data"),
    ("huggingface.co", "/spaces/", "demo"),
    ("huggingface.co", "/papers/", "page"),
    ("huggingface.co", "", "model"),
    ("modelscope.cn", "/studios/", "demo"),
    ("modelscope.cn", "/datasets/", "data"),
    ("modelscope.cn", "/models/", "model"),
    ("zenodo.org", "", "data"),
    ("kaggle.com", "/datasets/", "data"),
    ("youtube.com", "", "video"),
    ("youtu.be", "", "video"),
    ("vimeo.com", "", "video"),
)
_PREFIXES = {
    "arxiv": re.compile(
        r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:)", re.IGNORECASE
    ),
    "doi": re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE),
    "openreview": re.compile(r"https?://openreview\.net/(?:forum|pdf)\?id=", re.IGNORECASE),
}
# Where the identifier in a URL ends.
_ENDS = {"arxiv": re.compile(r"[?#]"), "doi": re.compile(r"[?#]"), "openreview": re.compile(r"[&#]")}
_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "openreview": "https://openreview.net/forum?id=",
}
_PDFS = {"arxiv": "https://arxiv.org/pdf/", "openreview": "https://openreview.net/pdf?id="}
IDENTITY: tuple[LinkKind, ...] = ("doi", "arxiv", "openreview")
"""The kinds that identify one work, most trusted first; two records that share such an identifier are the same paper."""


def parse_url(text: str) -> str | None:
    """Return the URL with lower-case scheme and host, or None if it is not a plain http(s) URL."""
    text = text.strip()
    if not _is_written(text):
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or "." not in host or parts.username is not None:
        return None
    if not _HOST.fullmatch(host):
        return None
    netloc = f"{host}:{port}" if port else host
    path = parts.path.removesuffix(".git") if host == "github.com" else parts.path
    path, query, fragment = (
        quote(p, safe="%/:=&?~#+!$,;'@()*[]-._") for p in (path, parts.query, parts.fragment)
    )
    scheme = (
        "https" if host.endswith(".github.io") and not port else parts.scheme.lower()
    )  # which serves it for every page
    return urlunsplit((scheme, netloc, path, query, fragment))


def _is_written(text: str) -> bool:
    """Return whether a text can be a URL or identifier: not too long and without invisible characters."""
    return len(text) <= ADDRESS and text.isprintable() and " " not in text


def parse_identifier(kind: LinkKind, text: str) -> str | None:
    """Return the canonical form of a link of the given kind, an identifier or a URL; None if it is neither."""
    text = text.strip()
    if kind not in IDENTITY:
        return parse_url(text)
    prefix = _PREFIXES[kind].match(text)
    bare = text[prefix.end() :] if prefix else text
    if prefix and prefix[0].lower().startswith("http"):
        bare = unquote(_ENDS[kind].split(bare)[0])  # what an identifier has of these, an address encodes
    bare = bare.rstrip("/")
    if not _is_written(bare):
        return None
    if kind == "arxiv":
        match = _ARXIV.match(bare.removesuffix(".pdf"))
        return match["id"] if match else None
    if kind == "doi":
        return bare.lower() if _DOI.match(bare) else None
    return bare if _OPENREVIEW.match(bare) else None


def read_arxiv_month(number: str) -> str:
    """Return the month in an arXiv number, that of the first version, as `YYYY-MM`; empty if it has no valid month.

    >>> read_arxiv_month("2310.00653"), read_arxiv_month("hep-th/9901001"), read_arxiv_month("2399.00001")
    ('2023-10', '1999-01', '')
    """
    parsed = parse_identifier("arxiv", number)
    if parsed is None:
        return ""
    year, month = divmod(int(parsed.rpartition("/")[2][:4]), 100)
    century = 1900 if "/" in parsed and year >= _FIRST_ARXIV_YEAR else 2000
    return f"{century + year}-{month:02}" if 1 <= month <= 12 else ""  # noqa: PLR2004 (months)


def parse_link(url: str) -> tuple[LinkKind, str] | None:
    """Return the kind and canonical form of a URL, judged by its host; None if it is not an http(s) URL."""
    for kind in IDENTITY:
        said = _trim(url) if kind == "doi" else url
        if _PREFIXES[kind].match(said) and (found := parse_identifier(kind, said)):
            return kind, found
    canonical = parse_url(url)
    if canonical is None:
        return None
    parts = urlsplit(canonical)
    host = (parts.hostname or "").removeprefix("www.")
    for known, folder, kind in _HOSTS:
        if host == known and parts.path.startswith(folder):
            return kind, canonical
    return ("pdf" if parts.path.lower().endswith(".pdf") else "project"), canonical


def build_link_url(kind: LinkKind, value: str) -> str:
    """Return the URL of a canonical link."""
    if kind in IDENTITY:
        return _ADDRESSES[kind] + quote(value, safe="/:;()._-")
    return value


def build_pdf_url(kind: LinkKind, value: str) -> str:
    """Return the URL of the PDF for an identifier; empty if its site has none.

    >>> build_pdf_url("arxiv", "2310.00653")
    'https://arxiv.org/pdf/2310.00653'
    """
    return _PDFS[kind] + quote(value, safe="/:;()._-") if kind in _PDFS else ""


# Every arXiv paper has a DOI of this form: https://info.arxiv.org/help/doi.html
_ARXIV_DOI = "10.48550/arxiv."
# Old arXiv numbers are written with or without their subject class.
_CLASS = re.compile(r"\.[A-Z]{2}/")
_PAGES: tuple[LinkKind, ...] = ("page", "pdf", "project")


def list_identities(links: Mapping[LinkKind, Iterable[str]]) -> Iterator[str]:
    """Yield the identities of a paper with these links as `kind:value`: canonical identifiers and URLs of pages."""
    yield from (f"{kind}:{value}" for kind, value in list_work_identifiers(links))
    for kind in _PAGES:
        yield from (f"url:{build_url_key(url)}" for url in links.get(kind, ()))


def list_work_identifiers(links: Mapping[LinkKind, Iterable[str]]) -> Iterator[tuple[LinkKind, str]]:
    """Yield the identifiers of the work itself by kind and canonical value, without duplicates.

    An arXiv DOI also yields its number, and a number with a subject class also yields the number without the class.
    """
    found: dict[tuple[LinkKind, str], None] = {}
    for kind in IDENTITY:
        for value in links.get(kind, ()):
            found[kind, value] = None
            number = value if kind == "arxiv" else _find_arxiv(value) if kind == "doi" else None
            if number:
                found |= dict.fromkeys((("arxiv", number), ("arxiv", _CLASS.sub("/", number))))
    yield from found


def _find_arxiv(doi: str) -> str | None:
    return parse_identifier("arxiv", doi.removeprefix(_ARXIV_DOI)) if doi.startswith(_ARXIV_DOI) else None


def build_url_key(url: str) -> str:
    """Return a URL without scheme, `www.` and final slash, for comparing URLs."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


_CODE = re.compile(r"\b(code|implementation|source|pipeline|toolkit|library)s?\b", re.IGNORECASE)
_PROJECT = re.compile(r"\b(project|homepage|website|page)s?\b", re.IGNORECASE)
_DATA = re.compile(r"\b(data|datasets?|annotations?|prompts|benchmark)\b", re.IGNORECASE)
_MODEL = re.compile(r"\b(models?|weights|checkpoints?)\b", re.IGNORECASE)


def _name_kind(kind: LinkKind, words: str) -> LinkKind:
    """Return the kind of a link in running text: that of its host, unless the words before it name another kind.

    A code repository is `data` if the words mention only data. A project or model in a code repository is `code`.
    """
    if kind not in {"code", "project"} or _CODE.search(words):
        return kind
    data, model = _DATA.search(words), _MODEL.search(words)
    if kind == "code":
        return "data" if data and not model and not _PROJECT.search(words) else kind
    if _PROJECT.search(words) or (data and model):
        return "project"
    return "data" if data else "model" if model else kind


# The end of a URL in running text: closing punctuation belongs to the sentence.
_SIGN = r"[^\s<>\"'`{}|\\^]"
_TOP_LEVEL = (
    r"(?:com|org|net|edu|gov|int|info|io|ai|dev|app|page|site|tech|cloud|science|ac|au|br|ca|ch|cn|cz|de|dk|es|eu|fi|fr|gr|hk|hu"
    r"|ie|il|ir|jp|kr|mx|nl|nz|pl|pt|ru|se|sg|tr|tw|uk)"
)
"""Top-level domains, without English words such as `in` and `it`, which usually begin a sentence after a missing space."""
_IN_TEXT = re.compile(
    rf"https?://{_SIGN}{{1,2000}}"
    r"|(?<![\w@./:-])(?:"
    rf"www\.[\w-]{{1,63}}\.{_SIGN}{{1,2000}}"
    rf"|(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co)/{_SIGN}{{1,2000}}"
    rf"|(?<=\bat )(?:[a-z0-9-]{{1,63}}\.){{1,5}}{_TOP_LEVEL}(?![\w@-])(?:[/?#]{_SIGN}{{0,2000}})?"
    r")"
)
"""URLs, also without a scheme: after `www.`, a repository host with a path, or a host after “at”."""
_MIRRORS = frozenset(
    {"huggingface.host", "hf-mirror.com", "hfp.stormocean.uk", "hub.fastgit.org", "kkgithub.com"}
)
"""Hosts that mirror Hugging Face or GitHub; no URL there is the authors'."""


def _trim(url: str) -> str:
    """Return a URL without the sentence's punctuation at its end."""
    end = len(url)
    opened, closed = url.count("("), url.count(")")
    while end and url[end - 1] in ".,;:!?)]":
        if url[end - 1] == ")":
            if opened >= closed:
                break
            closed -= 1
        end -= 1
    return url[:end]


def find_links(text: str) -> tuple[tuple[LinkKind, str], ...]:
    """Return the links in a text in order, without duplicates.

    An identifier in running text may belong to another paper, so it becomes a `page`, never this paper's identity.
    """
    found: dict[tuple[LinkKind, str], None] = {}
    for url, before in _list_urls(text):
        if not is_mirror(url) and (link := parse_link(url)):
            kind, value = link
            if kind in IDENTITY:
                found["page", build_link_url(kind, value)] = None
            else:
                found[_name_kind(kind, re.split(r"[.!?]\s", before)[-1]), value] = None
    return tuple(found)


def find_mirrors(text: str) -> tuple[str, ...]:
    """Return the mirror URLs in a text, without duplicates; imports do not use them as links.

    >>> find_mirrors("Models are at https://hf-mirror.com/owls/nest.")
    ('https://hf-mirror.com/owls/nest',)
    """
    return tuple(dict.fromkeys(url for url, _ in _list_urls(text) if is_mirror(url)))


def is_mirror(url: str) -> bool:
    """Return whether the host of a URL mirrors another host."""
    return (_find_host(url) or "").removeprefix("www.") in _MIRRORS


def is_repository(url: str) -> bool:
    """Return whether a URL is a code repository: a repository host, an owner and a name.

    >>> is_repository("https://github.com/owls/nest"), is_repository("https://github.com/owls")
    (True, False)
    """
    host = (_find_host(url) or "").removeprefix("www.")
    is_host = any(host == known and kind == "code" for known, _, kind in _HOSTS)
    return is_host and len([part for part in urlsplit(url).path.split("/") if part]) >= _OWNER_AND_NAME


def _find_host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _list_urls(text: str) -> Iterator[tuple[str, str]]:
    """Yield each URL in a text, with a scheme, and the text before it."""
    for match in _IN_TEXT.finditer(text):
        url = _trim(match[0])
        whole = url if url.startswith(("http://", "https://")) else f"https://{url}"
        yield whole, text[max(0, match.start() - 200) : match.start()]


_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/")
_OPENREVIEW_NAME = re.compile(r"openreview:\s*|(?=https?://)|(?=[a-z_-]*[A-Z0-9])(?=[\w-]{9,12}$)", re.ASCII)
"""The start of an OpenReview id. Without a prefix, an id must have a capital or a digit, to distinguish it from a word."""
_MIRROR = re.compile(
    r"(?:www\.)?(?:huggingface\.co/papers|alphaxiv\.org/abs|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html))/(.+)"
)
"""Sites whose URLs contain arXiv numbers."""
_ANTHOLOGY = re.compile(
    r"(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/"
    r"(\d{4}\.\w+-\w+\.\d+|[A-Z]\d\d-\d{4})(?:v\d+)?(?:\.pdf|\.bib)?/?",
    re.ASCII,
)
_IN_ADDRESS = re.compile(r"[/=](10\.\d{4,9}(?:\.\d+)*/[^\s?#&]+)", re.ASCII)
_AFTER_DOI = re.compile(
    r"(?:\.full(?:-text)?|\.abstract)?(?:\.pdf)?/?$"
    r"|/(?:full|fulltext|full-text|abstract|pdf|epdf|epub|html|meta|summary|references|figures|metrics)(?:/.*)?$"
)
"""What publishers append to the DOI in the URLs of their pages."""
_VERSION = re.compile(r"v\d+$")
_OTHERS: tuple[LinkKind, ...] = ("code", "model", "demo", "video")
"""Kinds of URLs that do not identify the paper, whatever they contain."""


def parse_name(text: str) -> tuple[LinkKind, str] | None:
    """Return the identifier of a paper in a text with its kind, or its page at the ACL Anthology.

    The text is typed or copied: an arXiv number with or without `arXiv:` and version, a DOI, an OpenReview id, or
    a URL that contains one of them. Returns None for anything else, such as a URL without an identifier.

    >>> parse_name("arXiv:2401.00001v2"), parse_name("https://dl.acm.org/doi/full/10.1145/1.2")
    (('arxiv', '2401.00001'), ('doi', '10.1145/1.2'))
    """
    text = text.strip().rstrip(",;")
    if text.startswith("<"):
        text = text.strip("<>")
    if _WITHOUT_SCHEME.match(text):
        text = f"https://{text}"
    if number := parse_identifier("arxiv", text):
        return "arxiv", number
    if doi := parse_identifier("doi", text):
        return _name_doi(doi)
    note = _OPENREVIEW_NAME.match(text)
    if note and (found := parse_identifier("openreview", text[note.end() :])):
        return "openreview", found
    return _find_in_address(text)


def _name_doi(doi: str) -> tuple[LinkKind, str]:
    number = _find_arxiv(doi)
    return ("arxiv", number) if number else ("doi", doi)


def _find_in_address(text: str) -> tuple[LinkKind, str] | None:
    """Return the identifier in a URL of a publisher, the ACL Anthology or a mirror."""
    link = parse_link(text)
    if link is None or link[0] in _OTHERS or link[0] in IDENTITY:
        return None
    parts = urlsplit(link[1])
    page = f"{parts.netloc}{unquote(parts.path)}"
    if mirror := _MIRROR.fullmatch(page):
        number = parse_identifier("arxiv", mirror[1])
        return ("arxiv", number) if number else None
    if paper := _ANTHOLOGY.fullmatch(page):
        return "page", f"https://aclanthology.org/{paper[1]}"
    found = _IN_ADDRESS.search(f"{page}?{unquote(parts.query)}")
    doi = _AFTER_DOI.sub("", found[1]) if found else ""
    if "rxiv.org" in parts.netloc:
        doi = _VERSION.sub("", doi)
    value = parse_identifier("doi", doi)
    return _name_doi(value) if value else None
