"""Parses a saved page of a daily-papers site as plain text: its date, and its entries with title, abstract and facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.limits import ADDRESS
from generator.problems import Place, Problem, error, note, warning

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FURNITURE = frozenset(
    """new|subscribe|daily papers|trending papers|byak and the research community|submit a paper|sign up|log in
    |get trending papers in your email inbox!|previous|next|load more|view all|weekly|monthly|daily
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_DAY = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.? (?P<day>\d{{1,2}})(?:, ?(?P<year>\d{{4}}))?"
_PAGE_DAY = re.compile(_DAY)
_FACTS = re.compile(
    rf"(?:•\s*)?(?:(?P<count>\d{{1,6}}) authors?|(?![^·]*\bauthors?\s*·)(?P<organisation>[^•·]{{1,120}}?))\s*·\s*{_DAY}(?:\s+(?P<discussion>\d[\d.,]{{0,9}}k?))?"
)
_LONGEST_TITLE = 300
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_FEWEST_WORDS = 4
_FEWEST_LONG = 3
_CUT_FACTS = re.compile(r"•\s*\d+\s+a|•[^·]{0,120}·")
_MOSTLY = 0.6


class Day(Struct, frozen=True, kw_only=True):
    """A date as written on a page; the year is None if it is missing."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        return f"{MONTHS[self.month - 1]} {self.day}" + (f", {self.year}" if self.year else "")


class ListingEntry(Struct, frozen=True, kw_only=True):
    """A paper as written on a page; `number` is its position on the page, counted from 1."""

    number: int
    line: int
    title: str
    abstract: str = ""
    author_count: int | None = None
    organisation: str = ""
    day: Day | None = None
    discussion: int | None = None


class ListingPage(Struct, frozen=True, kw_only=True):
    """A page: its date (None if it has none) and its entries."""

    file: str
    day: Day | None
    entries: tuple[ListingEntry, ...]
    refused: int
    """The number of groups of lines that may be entries but cannot be read; each is reported in a problem."""


class _Paragraph(Struct, frozen=True, kw_only=True):
    line: int
    text: str


def _read_day(match: re.Match[str]) -> Day:
    year = int(match["year"]) if match["year"] else None
    return Day(month=MONTHS.index(match["month"]) + 1, day=int(match["day"]), year=year)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    start, lines = 0, []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        clean = " ".join(line.replace("\u200b", "").split())
        if clean:
            start = start or number
            lines.append(clean)
        elif lines:
            yield _Paragraph(line=start, text=" ".join(lines))
            start, lines = 0, []


def _is_prose(text: str) -> bool:
    """Return whether a paragraph is prose (an abstract) instead of a heading (a title)."""
    if len(text) > _LONGEST_TITLE or "http://" in text or "https://" in text:
        return True
    if not text.endswith(".") and not re.search(r"[a-z0-9)][.] [A-Z]", text):
        return False
    return not _is_titled(text)


def _is_titled(text: str) -> bool:
    """Return whether a line looks like a title: most of its longer words are capitalised."""
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > len("and")]
    return len(words) >= _FEWEST_LONG and sum(not w[0].islower() for w in words) > _MOSTLY * len(words)


def _is_lower(text: str) -> bool:
    """Return whether a line looks like a sentence: most of its longer words are in lower case."""
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > len("and")]
    return len(words) >= _FEWEST_WORDS and sum(w[0].islower() for w in words) > _MOSTLY * len(words)


def _could_be_title(text: str) -> bool:
    """Return whether a separate line may be a paper: it must have the length and capitals of a title."""
    words = text.split()
    return len(words) >= _FEWEST_WORDS and not text.endswith("!") and (":" in text or not _is_lower(text))


def parse_listing(text: str, *, file: str) -> tuple[ListingPage, tuple[Problem, ...]]:
    """Return the page in a text, and problems for incomplete entries and other text.

    The format is described in the documentation ("Listings"). Paragraphs are separated by blank lines; the first lines
    are the site's header and end with the date of the page.
    """
    paragraphs = list(_paragraphs(text.replace("\u00a0", " ")))
    problems: list[Problem] = []
    is_known = any(p.text.casefold() in _FURNITURE or _FACTS.fullmatch(p.text) for p in paragraphs)
    day, paragraphs = _take_furniture(paragraphs, file, problems)
    if paragraphs and day is None and not is_known:
        message = "this is not a daily-papers page: it has no date, and no entry has a line of facts"
        hint = "specify the format of the file, or write the page's date above its entries"
        refused = len(list(_group(paragraphs, file, [])))
        fault = error("no-page-date", message, Place(file=file, line=1), hint)
        return ListingPage(file=file, day=None, entries=(), refused=refused), (fault,)
    groups = list(_group(paragraphs, file, problems))
    entries: list[ListingEntry] = []
    for index, group in enumerate(groups):
        entry = _read_entry(group, len(entries) + 1, file, problems, last=index == len(groups) - 1)
        if entry:
            entries.append(entry)
    return ListingPage(file=file, day=day, entries=tuple(entries), refused=len(groups) - len(entries)), tuple(
        problems
    )


def _take_furniture(
    paragraphs: Sequence[_Paragraph], file: str, problems: list[Problem]
) -> tuple[Day | None, list[_Paragraph]]:
    """Return the page's date and the paragraphs after it; the date precedes the first prose."""
    for index, paragraph in enumerate(paragraphs):
        if match := _PAGE_DAY.fullmatch(paragraph.text):
            for skipped in paragraphs[:index]:
                if skipped.text.casefold() not in _FURNITURE:
                    message = (
                        f"not an entry, so it was read as part of the page's header: {_shorten(skipped.text)}"
                    )
                    problems.append(note("not-an-entry", message, Place(file=file, line=skipped.line)))
            return _read_day(match), list(paragraphs[index + 1 :])
        if _is_prose(paragraph.text) and len(paragraph.text) > _LONGEST_TITLE:
            break
    if paragraphs:
        hint = "set the date of the newest page with --captured YYYY-MM-DD, and write the page's date above its entries"
        problems.append(warning("no-page-date", "the page has no date", Place(file=file, line=1), hint))
    return None, list(paragraphs)


def _group(
    paragraphs: Sequence[_Paragraph], file: str, problems: list[Problem]
) -> Iterator[list[_Paragraph]]:
    """Yield the paragraphs of each entry: a title, prose, and optionally a line of facts."""
    group: list[_Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        if text.casefold() in _FURNITURE:
            continue
        if _FACTS.fullmatch(text) or _CUT_FACTS.match(text):
            yield [*group, paragraph]
            group = []
        elif not group:
            if _is_prose(text) or text.startswith("•"):
                message = f"text without a title: {_shorten(text)}"
                hint = "write the title of its entry on a separate line above it"
                problems.append(warning("not-an-entry", message, Place(file=file, line=paragraph.line), hint))
            else:
                group = [paragraph]
        elif (
            _is_prose(text)
            or text.startswith("•")
            or _is_short_abstract(text, following, alone=len(group) == 1)
        ):
            group.append(paragraph)
        else:
            yield group
            group = [paragraph]
    if group:
        yield group


def _is_short_abstract(text: str, following: str, *, alone: bool) -> bool:
    """Return whether a line after a title is its abstract, even if it is short and does not end with a full stop."""
    if not alone:
        return text[0].islower() and _is_lower(text)
    return bool(_FACTS.fullmatch(following)) or (_is_lower(text) and not _is_prose(following))


def _read_entry(
    group: Sequence[_Paragraph], number: int, file: str, problems: list[Problem], *, last: bool
) -> ListingEntry | None:
    title, rest = group[0], list(group[1:])
    place = Place(file=file, line=title.line)
    facts = _FACTS.fullmatch(rest[-1].text) if rest else None
    if _CUT_FACTS.match(title.text) or _FACTS.fullmatch(title.text):
        problems.append(warning("not-an-entry", f"facts without an entry: {_shorten(title.text)}", place))
        return None
    if rest and not facts and _CUT_FACTS.match(rest[-1].text):
        cut = rest.pop()
        message = f"facts that cannot be read were left out: {_shorten(cut.text)}"
        hint = "write them like “• 6 authors · Jul 25, 2024 3”"
        tell = error if last else warning
        problems.append(tell("cut-off", message, Place(file=file, line=cut.line), hint))
    prose = rest[:-1] if facts else rest
    if not prose and not facts and (last or not _could_be_title(title.text)):
        hint = "add the rest of the entry or remove the line"
        problems.append(
            error("cut-off", f"the page ends after {_shorten(title.text)}", place, hint)
            if last
            else warning("not-an-entry", f"not an entry: {_shorten(title.text)}", place, hint)
        )
        return None
    if not prose:
        problems.append(warning("no-abstract", f"a title without an abstract: {_shorten(title.text)}", place))
    elif last and not facts and not _ends_whole(prose[-1].text):
        message = f"the page ends inside the abstract of {_shorten(title.text)}"
        problems.append(
            error("cut-off", message, Place(file=file, line=prose[-1].line), "save the page again")
        )
    abstract = "\n\n".join(p.text for p in prose)
    if facts is None:
        return ListingEntry(number=number, line=title.line, title=title.text, abstract=abstract)
    return ListingEntry(
        number=number,
        line=title.line,
        title=title.text,
        abstract=abstract,
        author_count=int(facts["count"]) if facts["count"] else None,
        organisation=facts["organisation"] or "",
        day=_read_day(facts),
        discussion=_read_number(facts["discussion"]) if facts["discussion"] else None,
    )


def _read_number(text: str) -> int | None:
    """Return a number in the notation of pages: `3`, `1,234`, `1.2k`; None if it is not a number."""
    thousands = text.endswith("k")
    try:
        return round(float(text.removesuffix("k").replace(",", "")) * (1000 if thousands else 1))
    except ValueError:
        return None


def _ends_whole(text: str) -> bool:
    return bool(_SENTENCE_END.search(text)) or bool(re.search(r"https?://\S+$", text[-ADDRESS:]))


def _shorten(text: str) -> str:
    limit = 70
    return f"“{text}”" if len(text) <= limit else f"“{text[:limit].rstrip()} …”"
