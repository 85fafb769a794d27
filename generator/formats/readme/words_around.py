"""The words around a title in a reading list: venues, dates, people, and what is none of them."""

from __future__ import annotations

import re

from generator.formats.csv.columns import read_header
from generator.formats.readme.labels import is_label, says_venue
from generator.formats.readme.people import People, is_name, names_people, read_people
from generator.formats.readme.titles import SIGNS, clean_title, is_part
from generator.formats.readme.venues import (
    Venue,
    find_venue,
    is_meeting,
    parse_venue,
    read_venue,
    sounds_like_venue,
)
from generator.text.dates import find_month, is_doubtful_date, parse_date

_BRACKET = re.compile(r"[\[(【{（]([^\[\](){}【】（）]*)[\])】}）]")
_AT_START = re.compile(r"[\[(【（]([^\[\](){}【】（）]*)[\])】）]\s*")
_AT_END = re.compile(r"[\[(【（]([^\[\](){}【】（）]*)[\])】）]$")
_EMPHASIS = re.compile("\x02([^\x02\x03]*)\x03")
_SPLIT = re.compile(r"\n|\s[-–—|•·:]\s|;|(?<=[^\s.A-Z])(?<!\bc)(?<!\bca)(?<!\bcca)\.\s|。|^\s*[-–—:,.]\s")
QUOTED = re.compile(r"[\"“]([^\"“”]{8,})[\"”]")
_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"][.?!])\s|(?<=[。？！])|\n|\s[-–—|]\s|(?<=\w)[:：]\s*$")
# A reference as psychologists write it: `Owl, J., & Wren, B. (2024). Owls that hum. *Birds*, 3(2), 1-10.`
_REFERENCE = re.compile(r"\s*(?P<names>[^()]{3,2000}?)\s*\((?P<date>(?:c(?:a|ca|irca)?\.?\s?)?(?:19|20)\d\d\??)[a-z]?(?:,\s[^()]{1,40})?\)[.:,]\s+(?P<rest>\S.*)", re.DOTALL)  # fmt: skip
_WHERE = re.compile(
    r"\s*[,.]?\s*(?:in\s*:?\s+)?(?:proc(?:eedings)?\b\.?\s+(?:of\s+)?(?:the\s+)?)?", re.IGNORECASE
)
# The same where the names are followed by the title: `Owl, J. and Wren, B. Owls that hum. In *Proceedings …*, 2024.`
_NAME_FIRST = r"[^\W\d_][\w'’-]*(?:\s[\w'’-]+)?,\s(?:[^\W\d_]\.[\s-]?){1,4}"
_NAMES_FIRST = re.compile(
    rf"\s*(?P<names>{_NAME_FIRST}(?:,?\s?(?:and\s|&\s)?{_NAME_FIRST}){{0,60}})(?P<rest>[^\W_][^\n]{{8,}})",
    re.DOTALL,
)
_OTHERS_FIRST = re.compile(r"[^\n.\"“]{2,200}?\bet\.?\s*al\b\.?(?=[,:;.\s])")
_DATED = re.compile(r"\s*(\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?)\s*[:：]\s+")
_VENUE_AT_END = re.compile(
    r",?\s+(?:in\s+)?(?P<name>[A-Z][\w-]*[A-Z\d][\w-]*(?:['’]\d\d)?)(?:,?\s+(?P<year>(?:19|20)\d\d))?$"
)
_AROUND = " \t\n,;:|*~-–—•·，；：、"
_PLACED = re.compile(r"[^\W\d_]\s*\([^()]*\)\s*,")
_SIGNS_BEFORE = re.compile(r"^[^\w\s\"'“(\[]+\s+")
_SHORT_YEAR = re.compile(r"(?P<month>[A-Z][a-z]{2,8})\.?\s?['’](?P<year>\d\d)")
_PAGES = re.compile(r"(?:vol(?:ume)?\.?|no\.?|pp?\.?|pages?|ch\.?)?\s*\d[\d\s()–:,-]*", re.IGNORECASE)  # fmt: skip
FEW_WORDS = 2
_MOST_PLACE_WORDS = 3
_DEEPEST = 3


class WordReader:
    """Takes the words around a title apart: venues, dates, people, and what is none of them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.venues: list[Venue] = []
        self.dates: list[str] = []
        self.doubts: list[str] = []
        self.people: People | None = None
        self.rest: list[str] = []

    def read(self, text: str) -> None:
        """Read words on one side of the title."""
        flat = self._take_placed_people(_EMPHASIS.sub(self._open_emphasis, text))
        for _ in range(_DEEPEST):
            flat = _BRACKET.sub(self._open_bracket, flat)
        for chunk in _SPLIT.split(flat):
            self._read_chunk(chunk)

    def _take_placed_people(self, text: str) -> str:
        """Take names with the places where people work in brackets behind them, and return the other words."""
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
        """Take brackets with a venue or a date off both ends of a title, and return what is left."""
        while match := _AT_START.match(title) or _AT_END.search(title):
            rest = f"{title[: match.start()]}{title[match.end() :]}".strip(SIGNS)
            if not rest or not self._take(match[1]):
                break
            title = rest
        return title

    def read_untitled(self, text: str) -> str:
        """Read words whose title has no marks of its own, and return that title."""
        match = _REFERENCE.fullmatch(text) or _NAMES_FIRST.fullmatch(text)
        if match and (people := read_people(_plain(match["names"]), told=True)):
            self.people = people
            if match.re is _REFERENCE:
                self._take(match["date"])
            title, rest = _cut_title(match["rest"])
            self._read_reference(_WHERE.sub("", rest, count=1))
            return title
        if (match := _OTHERS_FIRST.match(text)) and (people := read_people(_plain(match[0]))):
            self.people = people
            text = text[match.end() :]
        if match := QUOTED.search(text):
            self._read_before(text[: match.start()])
            self._read_reference(_WHERE.sub("", text[match.end() :], count=1))
            return clean_title(match[1].rstrip(","))
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
        """Take words that stand before a title: a date, a venue, or the authors; return whether they were any of these."""
        if is_place(words):
            return self._take(words)
        people = read_people(words) if self.people is None else None
        alone = self.people is None and is_name(words) and rest.lstrip(SIGNS).startswith("\x02")
        if alone:
            people = People(names=(words,))
        if people is None or people.rest or not all(map(is_name, people.names)):
            return False
        self.people = people
        return True

    def _cut_venue(self, title: str) -> str:
        """Take a well-known venue off the end of a title that no sign parts from it, and return the title."""
        match = _VENUE_AT_END.search(title)
        if (
            match
            and is_meeting(match["name"])
            and self._take(f"{match['name']} {match['year'] or ''}".strip())
        ):
            title = title[: match.start()]
        return re.sub(r",?\s+in$", "", title.rstrip(SIGNS))

    def _read_before(self, text: str) -> None:
        """Read what stands before a title in quotation marks: mostly people, also a lone one."""
        people = read_people(_plain(text).strip(), told=True)
        if people and all(map(is_name, people.names)):
            self._take_people(people)
        else:
            self.read(text)

    def _read_reference(self, text: str) -> None:
        """Read what stands after the title of a reference: emphasis is the name of a journal or of proceedings."""
        match = _EMPHASIS.match(text.lstrip(SIGNS))
        text = text.lstrip(SIGNS) if match else text
        said = match[1].strip(SIGNS) if match else ""
        if match and said and not (parse_date(said) or parse_venue(said)):
            self.venues.append(Venue(name=re.sub(r",\s*\d+$", "", said), year="", said=said))
            text = f"{text[: match.start()]}\n{text[match.end() :]}"
        elif not match and (
            place := re.match(r"\s*(?P<name>[A-Z][^,.\d]{2,200}?),\s*(?:vol|no|pp|\d)", text)
        ):
            self.venues.append(Venue(name=place["name"].strip(), year="", said=place["name"].strip()))
            text = text[place.end("name") :]
        text = re.sub(r"\[online\]\.?\s*|available(?: at)?\s*:?\s*$", "\n", text, flags=re.IGNORECASE)
        parts = re.split(r",\s+", _EMPHASIS.sub(r"\1", text))
        where = [
            part
            for part in parts
            if _PAGES.fullmatch(part.strip(SIGNS)) and not parse_date(part.strip(SIGNS))
        ]
        self.rest += [", ".join(part.strip(SIGNS) for part in where)] if where else []
        self.read(", ".join(part for part in parts if part not in where and not self._take(part)))

    def _take(self, text: str) -> bool:
        """Take a text that is a venue or a date; return whether it was, or was empty."""
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
        """Take a venue and a date with a comma between them; return whether a text is that."""
        parts = re.split(r",\s+", text.strip(SIGNS))
        known = [bool(parse_date(part) or parse_venue(part) or find_venue(part)) for part in parts]
        return len(parts) > 1 and all(known) and all(map(self._take, parts))

    def _open_emphasis(self, match: re.Match[str]) -> str:
        said = match[1]
        if self._take(said) or self._take_parts(said):
            return "\n"
        if (
            self.people is None
            and not sounds_like_venue(said.strip(SIGNS))
            and (found := _read_emphasised(said))
        ):
            self._take_people(found)
            return "\n"
        if sounds_like_venue(said.strip(SIGNS)) and not self.venues and not is_part(said):
            name = said.strip(SIGNS)
            self.venues.append(Venue(name=name, year="", said=name))
            return "\n"
        return said

    def _open_bracket(self, match: re.Match[str]) -> str:
        said = match[1]
        if not names_people(said) and self._take(said):
            return "\n"
        if (
            self.people is None
            and (found := read_people(said))
            and (found.more or all(map(_is_person, found.names)))
        ):
            self._take_people(found)
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
        if self.people is None and (found := read_people(said)):
            self._take_people(found)
            return
        self.rest += self._take_tail(chunk.strip(SIGNS))

    def _take_labelled(self, label: str, told: str) -> bool:
        """Take what stands behind a label such as `Venue:`; return whether there is one."""
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
        """Take venues and dates off the end of a list of words: `Nests, ICCV, 2020`; return what is left."""
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
    """Return whether a name in brackets is that of a person; houses stand there as often, and are written in capitals."""
    return is_name(name) and not any(
        len(word) > 1 and word.isupper() and "." not in word for word in name.split()
    )


def _read_emphasised(said: str) -> People | None:
    """Return the people of emphasised words, most of whose names look like it."""
    told = read_people(said, told=True)
    if told and sum(map(is_name, told.names)) * 2 >= len(told.names) - told.more:
        return told
    return read_people(said)


def is_place(text: str) -> bool:
    """Return whether a few words are a date or certainly a venue; many titles end in a year as well."""
    said = text.strip(SIGNS)
    return bool(parse_date(said)) or (len(said.split()) <= _MOST_PLACE_WORDS and says_venue(said))


def _read_short(text: str) -> str:
    """Return the month that a text names with the end of a year: `May'24`."""
    match = _SHORT_YEAR.fullmatch(text)
    month = find_month(match["month"]) if match else 0
    return f"20{match['year']}-{month:02}" if match and month else ""


def _cut_title(text: str) -> tuple[str, str]:
    """Return the words before the first bracket, emphasis or end of a sentence, and what is after them."""
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
