"""Labels: the texts of the site in one language, with formatted numbers, dates and lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date

FOLDER = Path(__file__).parent
ENGLISH = "en"
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DAY = 10
_SPELLINGS = {"zh-Hans": "zh", "zh-CN": "zh"}
"""Other codes in Material's `theme.language` for supported languages."""


class Labels:
    """The labels of one language; missing labels are in English.

    Values are inserted as by `str.format`: `{count}` is a number; `en.yml` shows the meaning of the other names. A
    label with several forms has one for each plural category of its language (CLDR).
    """

    def __init__(
        self, language: str, texts: Mapping[str, str | Mapping[str, str]], missing: Sequence[str] = ()
    ) -> None:
        """Create labels from texts by key; `missing` lists the keys without a translation, whose texts are English."""
        self.language, self.missing = language, tuple(missing)
        self._texts = texts
        self.locale = Locale.parse(language)
        symbols = self.locale.number_symbols["latn"]
        self._marks = str.maketrans({",": symbols["group"], ".": symbols["decimal"]})

    def __call__(self, key: str, **values: object) -> str:
        """Return a label with values inserted.

        >>> load_labels("en")("page.number", title="Owls", number=2)
        'Owls, page 2'
        """
        text = self._texts[key]
        assert isinstance(text, str), f"{key} has several forms"  # noqa: S101 (a fault of our own)
        return text.format(**values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """Return the plural form of a label for a number, which is also inserted as `{count}`.

        >>> load_labels("en").count("count.papers", 12000)
        '12,000 papers'
        """
        forms = self._texts[key]
        assert not isinstance(forms, str), f"{key} has one form"  # noqa: S101 (a fault of our own)
        form = forms.get(self.locale.plural_form(number)) or forms["other"]
        return form.format(count=self.number(number), **values)

    def forms(self, key: str) -> Mapping[str, str]:
        """Return the forms of a label by plural category, without inserting values; a single form is `other`."""
        text = self._texts[key]
        return {"other": text} if isinstance(text, str) else text

    def number(self, number: float) -> str:
        """Return a number with the language's thousands separators."""
        return f"{number:,}".translate(self._marks)

    def date(self, date: str) -> str:
        """Return a date with the known precision; empty without a date.

        >>> load_labels("en").date("2024-07-25"), load_labels("en").date("2024-07"), load_labels("en").date("2024")
        ('25 July 2024', 'July 2024', '2024')
        """
        key = {0: "", 4: "date.year", 7: "date.month", _DAY: "date.day"}[len(date)]
        return _format_date(date, str(self._texts[key]), self.language) if key else ""

    def short_date(self, date: str) -> str:
        """Return a year or month in short form for charts: `2024`, `May ’24`."""
        key = "date.short_month" if len(date) > len("2024") else "date.short_year"
        return _format_date(date, str(self._texts[key]), self.language)

    def join(self, items: Sequence[str]) -> str:
        """Return items as a list for a sentence: `one, two and three`."""
        *first, last = items or [""]
        return self("list.and", first=self("list.comma").join(first), last=last) if first else last

    def list_group(self, group: str) -> dict[str, str | Mapping[str, str]]:
        """Return the texts of a group by name, without inserting values."""
        named = ((key.partition("."), text) for key, text in self._texts.items())
        return {name: text for (of, _, name), text in named if of == group}


@lru_cache(maxsize=4096)
def _format_date(date: str, pattern: str, language: str) -> str:
    day = dt.date.fromisoformat(f"{date}-01-01"[:_DAY])
    return format_date(day, pattern, locale=language)


def list_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have labels."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


@cache
def load_labels(language: str = ENGLISH) -> Labels:
    """Return the labels for a language code: those of the code, otherwise of its first part, otherwise English."""
    known = list_languages()
    names = (_SPELLINGS.get(language, language), language.partition("-")[0], ENGLISH)
    found = next(name for name in names if name in known)
    english, own = (dict(_flatten(_read(name))) for name in (ENGLISH, found))
    missing = sorted(english.keys() - own.keys())
    return Labels(found, {**english, **own}, missing)


def _read(language: str) -> Mapping[str, Any]:
    values: Mapping[str, Any] = yaml.load((FOLDER / f"{language}.yml").read_bytes(), _LOADER)  # noqa: S506 (it is safe)
    return values


def _flatten(values: Mapping[str, Any]) -> Iterator[tuple[str, str | Mapping[str, str]]]:
    """Yield every label with its key `group.name`."""
    for group, labels in values.items():
        for name, text in labels.items():
            yield f"{group}.{name}", text
