"""Reads venues and dates as written in reading lists: `NeurIPS 2023`, `CVPR'24`, `ICML 2024 Oral`."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.model import VenueType
from generator.text.dates import find_month, parse_date

_BEFORE = re.compile(
    r"^(?:(?:accepted|published|presented|appeared|to appear|appearing)\s+)?(?:(?:in|at|by|to)\s+(?:the\s+)?|@\s*)?",
    re.IGNORECASE,
)
_WORD = r"[\w&+/@.-]+"
_FORM = re.compile(
    rf"(?P<name>{_WORD}(?:[ :]+{_WORD}){{0,9}}?)[ ,:]*(?:(?<!\d)(?P<year>(?:19|20)\d\d)|['’`](?P<short>\d\d))(?!\d)"
    r"(?P<tail>\W.*|)"
)
# Text after the year that is an award or a form of presentation instead of another venue.
_HONOUR = re.compile(
    r"(?:oral|spotlight|poster|highlight|main|long|short|best|paper|award|candidate|runner-?up|honou?rable|mention|top|notable|"
    r"conference|presentation|outstanding|accepted|[\d%\s().,:&*-])*", re.IGNORECASE
)  # fmt: skip
_PART = re.compile(
    r"\b(?:workshops?|findings|tracks?|demos?|tutorials?|symposium|srw|industry)\b", re.IGNORECASE
)
_NOT_A_VENUE = frozenset(
    "updated posted submitted released since spring summer fall autumn winter last version copyright from until published".split()  # noqa: SIM905 (a list of words reads best as words)
)
_PREPRINT = frozenset(
    ["arxiv", "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "preprint", "corr", "openreview"]
)
_CENTURY = 50
# Conferences whose acronym is recognised alone, also with the last digits of a year attached.
_MEETINGS = frozenset(
    """aaai aacl acl acml acmmm aistats alt bmvc chi cikm coling colm colt conll corl cvpr eacl eccv ecir ecml emnlp fast focs fse hpca
    iccv icde icdm icip icis iclr icml icra icse icsme ijcai ijcnlp infocom interspeech iros isca isit ismar ismir issta iswc iui
    jcdl kdd l4dc lrec micro miccai mlsys mobicom naacl ndss neurips nips nsdi osdi oopsla pakdd pldi podc pods popl recsys rss sc
    sdm semeval sigcomm siggraph sigir sigmod soda sosp sp stoc tacl uai uist usenix vldb wacv wmt wsdm www 3dv pnas tpami tip tmlr
    jmlr tvcg ijcv""".split()  # noqa: SIM905 (a list of words reads best as words)
)
# Words in names of journals, conferences and archives that do not occur in names of people.
_WORDS = frozenset(
    """journal transactions trans proceedings proc conference conf communications letters annals advances symposium symp workshop
    workshops magazine bulletin archives archive review reviews quarterly nature science cell lancet plos frontiers ieee acm
    arxiv biorxiv medrxiv preprint preprints corr openreview springer elsevier findings studies neurocomputing information
    intelligence systems computing computer learning vision linguistics robotics physics medicine international thesis
    dissertation techreport 学报 期刊 会议 大学 杂志 通讯""".split()  # noqa: SIM905 (as above)
)
_SENTENCE = re.compile(r".*[a-z]{2}\.\s+(?=\S+$)", re.DOTALL)
_HAN_VENUE = re.compile(
    r"[^\W\d_]{2,40}(?:学报|學報|期刊|杂志|雜誌|会议|會議|大会|论文集|学会|学会誌|论文誌|論文誌|論文集|研究会|研究報告|シンポジウム|학회|학회지|논문지)"
)
_GLUED = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9]*?|3DV)[-' ’]?(?P<year>(?:19|20)\d\d|\d\d)")


class Venue(Struct, frozen=True, kw_only=True):
    """A venue without its year, the year (empty if missing), and the original text."""

    name: str
    year: str
    said: str

    @property
    def type(self) -> VenueType | None:
        """The type of the venue, if its name shows it."""
        words = self.name.casefold().split()
        if words and words[0] in _PREPRINT:
            return "preprint"
        return "workshop" if "workshop" in words or "workshops" in words else None


def sounds_like_venue(text: str) -> bool:
    """Return whether a text has a word that occurs in names of venues but not in names of people."""
    words = re.findall(r"[^\W_]+", text)
    first = words[0] if words else ""
    known = any(word.casefold() in _WORDS or _HAN_VENUE.fullmatch(word) for word in words)
    known = known or (first.casefold() in _MEETINGS and sum(map(str.isupper, first)) > 1)
    return known or bool(_GLUED.fullmatch(text.strip()) and is_meeting(text))


def is_meeting(text: str) -> bool:
    """Return whether a text is the acronym of a well-known conference or journal, with or without a year."""
    said = text.strip(" .,;:()[]*")
    glued = _GLUED.fullmatch(said)
    return said.casefold() in _MEETINGS or bool(glued and glued["name"].casefold() in _MEETINGS)


def find_venue(text: str) -> Venue | None:
    """Return the venue if a text is only a well-known conference or archive without a year, otherwise None."""
    said = text.strip(" .,;:()[]*")
    known = is_meeting(said) and sum(map(str.isupper, said)) > 1
    if said.casefold() in {"arxiv", "arxiv preprint"}:
        return Venue(name="arXiv", year="", said="arXiv")
    if _HAN_VENUE.fullmatch(said):
        return Venue(name=said, year="", said=said)
    return Venue(name=said, year="", said=said) if known or said.casefold() in _PREPRINT else None


def parse_venue(text: str) -> Venue | None:
    """Return the venue if a text has a venue with a year, otherwise None.

    The name must contain a capital in its first word (`arXiv`, `3DV`). An award after the year is not part of the name,
    but a part of the venue is: `EMNLP Findings` for `EMNLP 2023 (Findings)`.
    """
    said = " ".join(text.split()).strip(" .,;:")
    glued = _GLUED.fullmatch(said) if is_meeting(said) else None
    if glued:
        return Venue(name=glued["name"], year=_expand(glued["year"]), said=said)
    match = _FORM.fullmatch(_BEFORE.sub("", said, count=1))
    if not match or parse_date(said):
        return None
    name, tail = match["name"].strip(" -:,"), match["tail"].strip(" .,;:()[]-–*")
    if not _could_be_venue(name):
        return None
    if tail and not _HONOUR.fullmatch(tail):
        if not _PART.search(tail) or re.search(r"\d{4}", tail):
            return None
        name = f"{name} {tail}"
    year = match["year"] or _expand(match["short"])
    return Venue(name="arXiv" if name.casefold() == "arxiv" else name, year=year, said=said)


def _could_be_venue(name: str) -> bool:
    """Return whether a text before a year can be a venue: no month, no end of a sentence, a capital in the first word."""
    first = re.split(r"[^\w]", name)[0] if name else ""
    if not first or first.casefold() in _NOT_A_VENUE or find_month(first) or not any(map(str.isalpha, name)):
        return False
    if (sentence := _SENTENCE.match(name)) and is_meeting(name[sentence.end() :]):
        return False
    if re.search(r"\bet\.? al\b", name):
        return False
    written = any(map(str.isupper, name.split(maxsplit=1)[0])) or first.casefold() in _PREPRINT
    return written or _HAN_VENUE.fullmatch(name) is not None


def read_venue(text: str) -> Venue | None:
    """Return the venue in a cell of a venue column, with its year if given, or None."""
    said = " ".join(text.split()).strip(" .,;:")
    if not any(map(str.isalpha, said)) or said.casefold() in {"n/a", "na", "none", "tba", "tbd"}:
        return None
    joined = re.sub(r"(?<=[A-Z])(?=(?:19|20)\d\d\b)", " ", said)
    if found := parse_venue(joined):
        return Venue(name=found.name, year=found.year, said=said)
    return None if parse_date(said) else Venue(name=said, year="", said=said)


def _expand(short: str) -> str:
    if len(short) > 2:  # noqa: PLR2004 (all four digits)
        return short
    return f"{'20' if int(short) < _CENTURY else '19'}{short}"
