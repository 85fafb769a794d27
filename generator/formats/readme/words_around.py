"""Reads the text around a title in a reading list: venues, dates, people, and other text."""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.formats.csv.columns import read_header
from generator.formats.readme.labels import is_label, says_venue
from generator.formats.readme.people import BODY, People, is_name, names_people, read_people
from generator.formats.readme.references import (
    NO_JOURNAL,
    PublicationData,
    find_reference,
    read_pages,
    read_place,
    read_where,
)
from generator.formats.readme.titles import SIGNS, clean_title, is_part_heading
from generator.formats.readme.venues import (
    Venue,
    find_venue,
    is_meeting,
    parse_venue,
    read_venue,
    sounds_like_venue,
)
from generator.formats.shared.nothing import NOTHING
from generator.text.dates import find_month, is_doubtful_date, parse_date

_BRACKET = re.compile(r"[\[(【{（]([^\[\](){}【】（）]*)[\])】}）]")
_AT_START = re.compile(r"[\[(【（]([^\[\](){}【】（）]*)[\])】）]\s*")
_AT_END = re.compile(r"[\[(【（]([^\[\](){}【】（）]*)[\])】）]$")
_EMPHASIS = re.compile("\x02([^\x02\x03]*)\x03")
_SPLIT = re.compile(
    r"\n|\s[-–—|•·:]\s|;|(?<=[^\s.A-Z])(?<!\bpp)(?<!\bProc)(?<!\bTrans)(?<!\bno)(?<!\bc)(?<!\bca)(?<!\bcca)\.\s|。|^\s*[-–—:,.]\s"
)
QUOTED = re.compile(r"[\"“]([^\"“”]{8,})[\"”]|[「『《]([^「」『』《》]{4,})[」』》]")
_SENTENCE = re.compile(
    r"(?<=[a-z0-9)”\"\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af][.?!])\s|(?<=[。？！])|\n|\s[-–—|]\s|(?<=\w)[:：]\s*$"
)
_WHERE = re.compile(
    r"\s*[,.]?\s*(?:in\s*:?\s+)?(?:proc(?:eedings)?\b\.?\s+(?:of\s+)?(?:the\s+)?)?", re.IGNORECASE
)
_OTHERS = r"(?:[^\W\d_a-z][\w.'’-]*\s){1,3}et\.?\s*al\b\.?"
_CITED_OTHERS = re.compile(rf"(?P<names>{_OTHERS}),?\s*(?P<date>(?:19|20)\d\d)?[a-z]?")
# A title with names after it: `Nests of Old Owls, Jane Owl et al., 2024`.
_TITLE_OTHERS = re.compile(rf"(?P<title>[^\n\x02\x03\"“”\[\]()]{{8,200}}?\w)[,.]\s+(?P<names>{_OTHERS})(?P<rest>[\s,.;:(\[].*|)", re.DOTALL)  # fmt: skip
_OTHERS_FIRST = re.compile(r"[^\n.\"“]{2,200}?\bet\.?\s*al\b\.?(?=[,:;.\s])")
_DATED = re.compile(r"\s*(\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?)\s*[:：]\s+")
_VENUE_AT_END = re.compile(
    r",?\s+(?:in\s+)?(?P<name>[A-Z][\w-]*[A-Z\d][\w-]*(?:['’]\d\d)?)(?:,?\s+(?P<year>(?:19|20)\d\d))?$"
)
_AROUND = " \t\n,;:|*~-–—•·，；：、"
# A journal or book before its pages or, with at least three words, before a year.
_BOOK = re.compile(r"(?P<name>[A-Z][^,.\d]{2,200}?),\s*(?:vol|no|pp|\d)")
_DATED_BOOK = re.compile(
    r"(?P<name>[^\W\d_][^,.\d()\s]*(?:\s[^,.\d()\s]+){2,30})[.,]?\s+\(?(?:19|20)\d\d\)?(?!\w)"
)
# A citation in running text: `(Owl, Wren & Finch, 2020)`, `Owl and Wren (2018)`.
_FAMILY = r"[^\W\d_a-z][\w'’-]+"
_CITED = re.compile(rf"\s*(?P<names>{_FAMILY}(?:,\s{_FAMILY}){{0,8}},?\s(?:and|&)\s{_FAMILY}),?\s\(?(?P<date>(?:19|20)\d\d)[a-z]?\)?[.,:\s]*")  # fmt: skip
# `Nature (2016)`, `2013 IEEE international conference on birds. IEEE, 2013.`, `ICML. Vol. 14. 2014.`
_CONTAINER = re.compile(
    r"(?:(?:19|20)\d\d\s+(?=[^\W\d_]))?(?P<name>[^\W\d_][^.,\d()]{2,200}(?:,\s[^.,\d()]{2,80}){0,4}?)"
    r"(?:\.\s|(?P<year>\s\((?:19|20)\d\d\)))"
)
_TOLD_BOOK = re.compile(r"(?P<name>[^\W\d_][^(\d,.]{2,200})")
_PLACED = re.compile(r"[^\W\d_]\s*\([^()]*\)\s*,")
_SIGNS_BEFORE = re.compile(r"^[^\w\s\"'“(\[]+\s+")
_COMMA_MONTH = re.compile(r"((?:19|20)\d\d)\s?,\s?(1[0-2]|0?[1-9])")
_INITIALED = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,3}[^\W\d_][\w'’-]+")
_SHORT_YEAR = re.compile(r"(?P<month>[A-Z][a-z]{2,8})\.?\s?['’](?P<year>\d\d)")
_NUMBER = re.compile(r"\[\d{1,4}\]\s*")
_PAGES = re.compile(r"(?:vol(?:ume)?\.?|no\.?|pp?\.?|pages?|ch\.?)?\s*\d[\d\s()–:,-]*", re.IGNORECASE)  # fmt: skip
FEW_WORDS = 2
_MOST_PLACE_WORDS = 3
_DEEPEST = 3


class WordReader:
    """Splits the text around a title into venues, dates, people, and other text."""

    def __init__(self) -> None:
        """Start without facts."""
        self.venues: list[Venue] = []
        self.dates: list[str] = []
        self.doubts: list[str] = []
        self.people: People | None = None
        self.rest: list[str] = []
        self.place = PublicationData()

    def read(self, text: str) -> None:
        """Read the text on one side of the title."""
        if self._take_cited(text):
            return
        flat = self._take_placed_people(_EMPHASIS.sub(self._open_emphasis, text))
        for _ in range(_DEEPEST):
            flat = _BRACKET.sub(self._open_bracket, flat)
        for chunk in _SPLIT.split(flat):
            self._read_chunk(chunk)

    def _take_cited(self, text: str) -> bool:
        """Read at least two family names followed by a year; return whether the text is that."""
        match = _CITED.fullmatch(text) if self.people is None else None
        people = read_people(match["names"], told=True) if match else None
        if match is None or people is None or any(map(sounds_like_venue, people.names)):
            return False
        self.people = people
        self.dates.append(match["date"])
        return True

    def _take_placed_people(self, text: str) -> str:
        """Read names with affiliations in brackets, and return the rest of the text."""
        if self.people or "(" not in text or "," not in text:
            return text
        chunks = _SPLIT.split(text)
        for number, chunk in enumerate(chunks):
            people = read_people(chunk.strip(_AROUND)) if _PLACED.search(chunk) else None
            if people and len(people.names) > 1 and not people.rest and all(map(is_name, people.names)):
                self.people = people
                chunks[number] = ""
                return "\n".join(chunks)
        return text

    def peel(self, title: str) -> str:
        """Remove brackets with a venue or date from both ends of a title, and return the rest."""
        while match := _AT_START.match(title) or _AT_END.search(title):
            rest = f"{title[: match.start()]}{title[match.end() :]}".strip(SIGNS)
            if not rest or not (
                self._take_cited(match[1]) or self._take_others(match[1]) or self._take(match[1])
            ):
                break
            title = rest
        return title

    def _take_others(self, text: str) -> bool:
        """Read names that end with “et al.”, optionally followed by a year; return whether the text is that."""
        match = _CITED_OTHERS.fullmatch(text.strip()) if self.people is None else None
        people = read_people(match["names"]) if match else None
        if match is None or people is None:
            return False
        self.people = people
        self.dates += [match["date"]] if match["date"] else []
        return True

    def read_untitled(self, text: str) -> str:
        """Read a text with an unmarked title, and return the title."""
        reference = find_reference(text)
        if reference and (people := read_people(_plain(reference.names), told=True)):
            self.people = people
            if reference.date:
                self._take(reference.date)
            title, rest = (reference.title, reference.rest) if reference.title else _cut_title(reference.rest)
            self.read_after_title(rest)
            return clean_title(_plain(title))
        if (match := _OTHERS_FIRST.match(text)) and (people := read_people(_plain(match[0]))):
            self.people = people
            text = text[match.end() :]
        if match := _TITLE_OTHERS.fullmatch(text):
            self.people = read_people(match["names"])
            self.read(match["rest"])
            return clean_title(match["title"])
        if match := QUOTED.search(text):
            self.read_before_quoted(text[: match.start()])
            self.read_after_title(text[match.end() :])
            return clean_title((match[1] or match[2]).rstrip(","))
        if (match := _DATED.match(text)) and self._take(match[1]):
            text = text[match.end() :]
        lead = re.match(r"(?:\s*[\[(【][^\])】]*[\])】])+", text)
        start = lead.end() if lead else 0
        title, rest = _cut_title(text[start:])
        self.read(text[:start])
        while rest.strip(SIGNS) and self._take_before_title(title, rest):
            title, rest = _cut_title(rest)
        self.read(rest)
        return self._cut_venue(title)

    def _take_before_title(self, words: str, rest: str) -> bool:
        """Read the text before a title: a date, a venue, or the authors; return whether it was any of these."""
        if is_place(words):
            return self._take(words)
        people = read_people(words) if self.people is None else None
        if self.people is None and rest.lstrip(SIGNS).startswith("\x02"):
            told = read_people(words, told=True, inverted=True)
            people = told if told and (is_name(words) or ", " in told.names[0]) else people
        if people is None or people.rest or not all(", " in name or is_name(name) for name in people.names):
            return False
        self.people = people
        return True

    def _cut_venue(self, title: str) -> str:
        """Remove a well-known venue from the end of a title without separator, and return the title."""
        match = _VENUE_AT_END.search(title)
        if (
            match
            and is_meeting(match["name"])
            and self._take(f"{match['name']} {match['year'] or ''}".strip())
        ):
            title = title[: match.start()]
        return re.sub(r",?\s+in$", "", title.rstrip(SIGNS))

    def read_before_quoted(self, text: str) -> None:
        """Read the text before a title in quotation marks, mostly people, including a single person."""
        people = read_people(_NUMBER.sub("", _plain(text).strip(), count=1), told=True, inverted=True)
        families = (
            people is not None and len(people.names) > 1 and not any(" " in name for name in people.names)
        )
        named = [", " in name or is_name(name, told=True) for name in people.names] if people else []
        if people and (families or all(named)):
            self._take_people(people)
        else:
            self.read(text)

    def read_after_title(self, text: str) -> None:
        """Read the text after the title of a reference; emphasised text is the name of a journal or proceedings."""
        where = _WHERE.match(text)
        text, is_told = (text[where.end() :], "proc" in where[0].casefold()) if where else (text, False)
        match = _EMPHASIS.match(text.lstrip(SIGNS))
        text = text.lstrip(SIGNS) if match else text
        said = match[1].strip(SIGNS) if match else ""
        if match and said and not (parse_date(said) or parse_venue(said)):
            self.venues.append(Venue(name=re.sub(r",\s*\d+$", "", said), year="", said=said))
            self.place, text = read_where(_plain(text[match.end() :]))
            text = f"\n{text}"
        elif not match:
            text = self._read_journal(text.lstrip(SIGNS), is_told=is_told)
        self.dates += [self.place.date] if self.place.date else []
        text = re.sub(r"\[online\]\.?\s*|available(?: at)?\s*:?\s*$", "\n", text, flags=re.IGNORECASE)
        parts = re.split(r",\s+", _EMPHASIS.sub(self._open_emphasis, text))
        places = [
            part
            for part in parts
            if _PAGES.fullmatch(part.strip(SIGNS)) and not parse_date(part.strip(SIGNS))
        ]
        pages = [part for part in places if read_pages(part)]
        if pages and not self.place.pages:
            self.place = replace(self.place, pages=read_pages(pages[0]))
            places.remove(pages[0])
            parts.remove(pages[0])
        self.rest += [", ".join(part.strip(SIGNS) for part in places)] if places else []
        left = ", ".join(part for part in parts if part not in places and not self._take(part))
        if self.people is None and self.venues and is_name(left.strip(SIGNS)):
            self.people = People(names=(left.strip(SIGNS),))
        else:
            self.read(left)

    def _read_journal(self, text: str, *, is_told: bool) -> str:
        """Read the journal or book at the start of a text, and return the rest; `is_told` is set after `Proceedings of`."""
        self.place, rest = read_place(_plain(text))
        name = self.place.venue
        if (
            not name
            and (said := _CONTAINER.match(text))
            and (said["year"] or sounds_like_venue(said["name"]))
        ):
            name, rest = said["name"].strip(), f"{said['year'] or ''}{text[said.end('name') :]}"
        match = _BOOK.match(text) or _DATED_BOOK.match(text) or (_TOLD_BOOK.match(text) if is_told else None)
        if not name and match and not match["name"].casefold().startswith(NO_JOURNAL):
            name, rest = match["name"].strip(), text[match.end("name") :]
        if name:
            found = find_venue(name)
            self.venues.append(found or Venue(name=name, year="", said=name))
        return rest if name else text

    def _take(self, text: str) -> bool:
        """Read a text that is a venue or date; return whether it was one or was empty."""
        said = _SIGNS_BEFORE.sub("", text.strip(SIGNS))
        if date := parse_date(said) or _read_short(said):
            self.dates.append(date)
        elif is_doubtful_date(said):
            self.doubts.append(said)
        elif venue := parse_venue(said) or find_venue(said):
            self.venues.append(venue)
        else:
            return not said
        return True

    def _take_parts(self, text: str) -> bool:
        """Read a venue and a date separated by a comma; return whether the text is that."""
        parts = re.split(r",\s+", text.strip(SIGNS))
        known = [bool(parse_date(part) or parse_venue(part) or find_venue(part)) for part in parts]
        return len(parts) > 1 and all(known) and all(map(self._take, parts))

    def _open_emphasis(self, match: re.Match[str]) -> str:
        said = match[1]
        if self._take(said) or self._take_parts(said):
            return "\n"
        if match.string[max(0, match.start() - 1) : match.start()] in {"(", "["}:
            return said
        if (
            self.people is None
            and not sounds_like_venue(said.strip(SIGNS))
            and (found := _read_emphasised(said))
        ):
            self._take_people(found)
            return "\n"
        if sounds_like_venue(said.strip(SIGNS)) and not self.venues and not is_part_heading(said):
            name = said.strip(SIGNS)
            self.venues.append(Venue(name=name, year="", said=name))
            return "\n"
        return said

    def _open_bracket(self, match: re.Match[str]) -> str:
        said = match[1]
        if (not names_people(said) and self._take(said)) or self._take_cited(said):
            return "\n"
        if (
            self.people is None
            and (found := read_people(said))
            and (found.more or all(map(_is_person, found.names)))
        ):
            self._take_people(found)
            return "\n"
        if (pages := read_pages(said)) and not self.place.pages:
            self.place = replace(self.place, pages=pages)
            return "\n"
        taken = [self._take(part) for part in re.split(r"[,;，]\s*", said)]
        if not all(taken):
            self.rest.append(f"({said.strip()})")
        return "\n"

    def _read_chunk(self, chunk: str) -> None:
        said = chunk.strip(_AROUND)
        label, colon, told = said.partition(":") if ":" in said else said.partition("：")
        if colon and self._take_labelled(label, told):
            return
        if not names_people(said) and self._take(chunk):
            return
        if self.people is None and _INITIALED.fullmatch(said):
            self.people = People(names=(said,))
            return
        if self.people is None and (found := read_people(said) or _read_inverted(said)):
            self._take_people(found)
            return
        self.rest += self._take_tail(chunk.strip(SIGNS))

    def _take_labelled(self, label: str, told: str) -> bool:
        """Read the text after a label such as `Venue:`; return whether there is one."""
        if told.strip(SIGNS).casefold() in NOTHING and is_label(label):
            return True
        (field,) = read_header([label])
        if field == "venue" and (venue := read_venue(told)):
            self.venues.append(venue)
        elif field == "published" and parse_date(told.strip(SIGNS)):
            self._take(told)
        elif field == "authors" and self.people is None and (found := read_people(told, told=True)):
            self._take_people(found)
        else:
            return False
        return True

    def _take_people(self, found: People) -> None:
        self.people = found
        if found.rest:
            self.rest += self._take_tail(found.rest)

    def _take_tail(self, chunk: str) -> list[str]:
        """Remove venues and dates from the end of a list, as in `Nests, ICCV, 2020`; return the rest."""
        parts = [part for part in re.split(r"[,，]", chunk) if part.strip()]
        before = len(self.venues)
        while parts:
            last_two = ",".join(parts[-2:])
            if len(parts) > 1 and re.fullmatch(r"\s*\d{4}\s*", parts[-1]) and self._take_pair(last_two):
                del parts[-2:]
            elif self._take(parts[-1]):
                parts.pop()
            else:
                break
        left = " ".join(",".join(parts).split()).strip(SIGNS)
        if self.people is None and len(self.venues) > before and is_name(left):
            self.people = People(names=(left,))
            return []
        return [left] if re.search(r"\w", left) and not is_label(left) else []

    def _take_pair(self, text: str) -> bool:
        return parse_venue(text) is not None and self._take(text)


def _is_person(name: str) -> bool:
    """Return whether a name in brackets is that of a person; publishers also occur there, but in capitals."""
    return is_name(name) and not any(
        len(word) > 1 and word.isupper() and "." not in word for word in name.split()
    )


def _read_inverted(said: str) -> People | None:
    """Return the people if all names have the family name first: `Owl, J., & Wren, B.`; otherwise None."""
    told = read_people(said, told=True)
    return told if told and all(", " in name for name in told.names) else None


def _read_emphasised(said: str) -> People | None:
    """Return the people in emphasised text if most parts look like names, otherwise None."""
    told = read_people(said, told=True)
    if told and len(told.names) == 1 and ("," in told.names[0] or BODY.search(told.names[0])):
        return told
    if told and sum(map(is_name, told.names)) * 2 >= len(told.names) - told.more:
        return told
    return read_people(said)


def is_place(text: str) -> bool:
    """Return whether a short text is a date or certainly a venue; titles can also end with a year."""
    said = text.strip(SIGNS)
    return bool(parse_date(said)) or (len(said.split()) <= _MOST_PLACE_WORDS and says_venue(said))


def _read_short(text: str) -> str:
    """Return the month in a text with a shortened year or after a comma: `May'24`, `2024,6`."""
    if match := _COMMA_MONTH.fullmatch(text):
        return parse_date(f"{match[1]}-{int(match[2]):02}")
    match = _SHORT_YEAR.fullmatch(text)
    month = find_month(match["month"]) if match else 0
    return f"20{match['year']}-{month:02}" if match and month else ""


def _cut_title(text: str) -> tuple[str, str]:
    """Return the text before the first bracket, emphasis or end of a sentence, and the rest."""
    text = text.lstrip(f"{SIGNS}")
    lead = _EMPHASIS.match(text)
    if lead and (len(lead[1].split()) > FEW_WORDS or text[lead.end() :].startswith((",", "."))):
        return clean_title(lead[1]), text[lead.end() :]
    start = lead.end() if lead else 1
    stop = re.search(r"\s[\[(【（]|\x02", text[start:])
    end = stop.start() + start if stop else len(text)
    title, *others = _SENTENCE.split(_plain(text[:end]).strip(SIGNS), maxsplit=1)
    return clean_title(title), f"{''.join(others)}\n{text[end:]}"


def _plain(text: str) -> str:
    return text.replace("\x02", "").replace("\x03", "")
