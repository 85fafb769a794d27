"""Builds a draft from an entry of a bibliography: links, date, and fields without an equivalent in records."""

from __future__ import annotations

import re

from msgspec.structs import asdict, replace

from generator.formats.shared.facts import clean_value
from generator.formats.shared.issued import complete_dates, has_more_than_date, read_issued
from generator.formats.shared.nothing import is_placeholder
from generator.formats.shared.status import Fate, parse_status
from generator.formats.shared.written_identifiers import find_arxiv, find_doi, says_arxiv, trim
from generator.identifiers import IDENTITY, parse_link
from generator.limits import STATUS_NOTE
from generator.model import Draft, LinkKind, Paper, Source, VenueType
from generator.problems import Place, Problem, error, warning

_ADDRESS = re.compile(r"https?://(?:(?!;https?://)[^\s<>\"])+", re.IGNORECASE)
_OF_ARXIV = re.compile(r"arxiv\b", re.IGNORECASE)
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]", re.ASCII)
_NOTES = {"note", "notes", "pubstate"}


class EntryBuilder:
    """The facts of an entry so far; `problems` is a list shared by all entries."""

    def __init__(self, source: Source, place: Place, problems: list[Problem]) -> None:
        """Start with only the source and place of the entry."""
        self.source, self.place, self.problems = source, place, problems
        self._said: dict[str, list[str]] = {}
        self._fate: Fate | None = None
        self.claims: dict[str, str] = {}
        self._links: dict[LinkKind, dict[str, None]] = {}

    def keep(self, name: str, value: str) -> None:
        """Keep a value without a field under `extra`; several values of a name are joined by semicolons."""
        if not value:
            return
        if name in _NOTES:
            self.read_note(value)
        if value := clean_value(value):
            said = self._said.setdefault(name, [])
            if said != [value]:
                said.append(value)

    def read_note(self, text: str) -> None:
        """Read the paper's status from a line of a note; the first one found wins."""
        fates = (fate for line in text.split("\n") if (fate := parse_status(line)))
        if self._fate is None and (fate := next(fates, None)):
            self._fate = fate if len(fate.status_note) <= STATUS_NOTE else replace(fate, status_note="")

    def warn(self, code: str, message: str, hint: str) -> None:
        """Add a warning that a part of the entry was left out or is doubtful."""
        self.problems.append(
            warning(code, f"{self.source.entry or 'the entry'}: {message}", self.place, hint)
        )

    def date(self, *texts: str) -> str:
        """Return the most precise certain date in the texts that agrees with the first date.

        Additional text is kept as a claim of the source; texts without a date are reported.
        """
        said = complete_dates([text for text in map(clean_value, texts) if not is_placeholder(text)])
        dates = [date for text in said if (date := read_issued(text))]
        best = max((d for d in dates if d.startswith(dates[0])), key=len, default="")
        if left := [text for text in said if has_more_than_date(best, text)]:
            self.claims["published"] = "; ".join(dict.fromkeys(left))
        if said and not best:
            self.warn(
                "bad-date",
                f"{'; '.join(dict.fromkeys(said))!r} is not a certain date",
                "the date is left unknown",
            )
        return best

    def add_doi(self, text: str) -> None:
        """Add a DOI in any form; text that is not a DOI is kept and reported."""
        if not (text := clean_value(text)):
            return
        found = find_doi(text)
        if found is None:
            if (rest := self.take_arxiv(text)) != text:
                self.keep("doi", rest)
                return
            self.keep("doi", text)
            self.warn("bad-link", f"{text[:200]!r} is not a DOI", "it was kept under `extra`: correct it")
            return
        self.keep("doi", found.rest)
        self._add("doi", found.value)

    def add_addresses(self, text: str, kind: LinkKind | None = None) -> str:
        """Add the URLs in a text and return the rest of it; `kind` is their kind unless their host implies another.

        A URL that is not an identifier and has an unknown host becomes a page about the paper.
        """
        for address in _ADDRESS.findall(text):
            self._add_address(trim(address), kind)
        rest, count = _ADDRESS.subn(" ", text)
        return clean_value(rest).strip(" .,;:()") if count else clean_value(text)

    def _add_address(self, address: str, kind: LinkKind | None) -> None:
        found = parse_link(address)
        if found is None:
            self.keep("url", address)
            self.warn("bad-link", f"{address[:200]!r} is not a URL", "it was kept under `extra`: correct it")
        elif found[0] == "doi":
            self.add_doi(address)
        else:
            own = found[0] if found[0] in IDENTITY else kind
            self._add(own or ("page" if found[0] == "project" else found[0]), found[1])

    def take_arxiv(self, text: str, *, bare: bool = False) -> str:
        """Add the arXiv number in a text, and return the rest of the text (all of it if it is not a number).

        With `bare`, the text may be a number without the name of arXiv. If the entry already has another number, the
        new one stays in the text, because it may belong to another paper.
        """
        found = find_arxiv(text, bare=bare) if text else None
        known = self._links.get("arxiv")
        if found is None or (known and found.value not in known):
            return text
        self._add("arxiv", found.value)
        return found.rest

    def add_arxiv(self, text: str) -> bool:
        """Add an arXiv number, with or without `arXiv:`, and return whether the text is one."""
        return self.take_arxiv(text, bare=True) != text

    def read_preprint(self, venue: str, kind: VenueType | None) -> tuple[str, VenueType | None]:
        """Return a venue and its type; a venue that is an arXiv number or only names arXiv is that of a preprint.

        The name of a part of arXiv, such as `arXiv: Neurons and Cognition`, stays. `arXiv:2001.00001 [cs]`, `ArXiv
        e-prints` and `CoRR`, its part for computer science, become `arXiv`.
        """
        rest = self.take_arxiv(venue)
        if not says_arxiv(venue) and rest == venue:
            return venue, "preprint" if _OF_ARXIV.match(venue) else kind
        return (rest, kind) if rest and rest != venue else ("arXiv", "preprint")

    def _add(self, kind: LinkKind, value: str) -> None:
        self._links.setdefault(kind, {})[value] = None

    def finish(self, paper: Paper) -> Draft | None:
        """Return the draft of a paper with all collected facts; without a title, add a problem and return None."""
        if not paper.title:
            what = self.source.entry or "the entry"
            self.problems.append(
                error(
                    "missing-field",
                    f"{what} has no title",
                    self.place,
                    "add a title; until then, the entry is left out",
                )
            )
            return None
        if is_placeholder(paper.abstract):
            paper = replace(paper, abstract="")
        links = {kind: tuple(values) for kind, values in sorted(self._links.items())}
        source = replace(self.source, claims=self.claims) if self.claims else self.source
        extra = {name: "; ".join(said) for name, said in self._said.items()}
        fate = asdict(self._fate) if self._fate else {}
        whole = replace(paper, links=links, added=source.date, sources=(source,), extra=extra, **fate)
        return Draft(paper=whole, place=self.place)


def is_isbn(text: str) -> bool:
    """Return whether a text is an ISBN: ten or thirteen digits with a correct check digit (ISO 2108)."""
    if not _ISBN.fullmatch(text.strip()):
        return False
    digits = [10 if sign in "Xx" else int(sign) for sign in text if sign.isalnum()]
    if len(digits) == 10:  # noqa: PLR2004 (the old form)
        return sum(digit * (10 - n) for n, digit in enumerate(digits)) % 11 == 0
    return sum(digit * (3 if n % 2 else 1) for n, digit in enumerate(digits)) % 10 == 0
