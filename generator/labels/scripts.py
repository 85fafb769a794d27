"""Inserts the texts of the site's language into scripts and style sheets: calls of `label` are replaced when a site is built.

Browsers therefore load no label files: `label("results.found", { papers })` becomes the text `${papers} found`. Plural
forms become a choice by number. `theme_overrides/assets/papershelf/label.js` documents the functions for authors of
scripts.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator, Mapping

from generator.labels.calls import Call, ScriptLabelError, find_call, is_text
from generator.labels.labels import Labels

_NAME = re.compile(r"[\w$.]+")
_SHOWN = re.compile(r"sayNumber\((.*)\)", re.DOTALL)
_PART_OF_DATE = re.compile(r"'([^']*)'|y|MMMM|M|d")
_PARTS_OF_DATE = {"y": "{year}", "MMMM": "{name}", "M": "{month}", "d": "{day}"}
_DATES = frozenset({"date.day", "date.month", "date.year"})
_NUMBERS = (*range(201), 1_000_000)
"""Numbers that together have all plural forms of every language."""


def fill_labels(script: str, labels: Labels) -> str:
    """Return a script without comments in which every call of `label` and `labelParts` is replaced by its text.

    >>> from generator.labels.labels import load_labels
    >>> fill_labels('say(label("results.found",{papers}))', load_labels("en"))
    'say(`${papers} found`)'
    >>> fill_labels('say(label("count.papers",{count:sayNumber(n)}))', load_labels("en"))
    'say((n===1?`${sayNumber(n)} paper`:`${sayNumber(n)} papers`))'
    >>> fill_labels('p.append(...labelParts("results.way_topics",{topics:link}))', load_labels("de"))
    'p.append(...["In ",link," stöbern."])'
    """
    pieces: list[str] = []
    at = 0
    while call := find_call(script, at):
        values = {name: fill_labels(code, labels) for name, code in call.values.items()}
        try:
            text = _render_call(call, values, labels)
        except KeyError as fault:
            raise ScriptLabelError(f"{call.key}: missing label or value {fault}") from fault
        pieces += [script[at : call.start], text]
        at = call.end
    return "".join([*pieces, script[at:]])


def list_forms(key: str, labels: Labels) -> Mapping[str, str]:
    """Return the text of a key by plural form; a single form is `other`. Some texts come from the language's CLDR data.

    >>> from generator.labels.labels import load_labels
    >>> german = load_labels("de")
    >>> list_forms("count.topics", german), list_forms("date.day", german), list_forms("number.group", german)
    ({'one': '{count} Thema', 'other': '{count} Themen'}, {'other': '{day}. {name} {year}'}, {'other': '.'})
    """
    locale = labels.locale
    if key in _DATES:
        pattern = labels.forms(key)["other"]
        return {"other": _PART_OF_DATE.sub(lambda part: part[1] or _PARTS_OF_DATE[part[0]], pattern)}
    if key == "date.months":
        return {"other": " ".join(locale.months["format"]["wide"].values())}
    if key in {"number.group", "number.decimal"}:
        return {"other": locale.number_symbols["latn"][key.removeprefix("number.")]}
    return {"other": labels.language} if key == "language.code" else labels.forms(key)


def _render_call(call: Call, values: Mapping[str, str], labels: Labels) -> str:
    """Return the code that replaces a call."""
    forms = list_forms(call.key, labels)
    if call.function == "labelParts":
        return f"[{','.join(_list_parts(forms['other'], values))}]"
    texts = {form: _render_text(text, values) for form, text in forms.items()}
    return texts["other"] if len(texts) == 1 else _choose(texts, values["count"], labels)


def _render_text(text: str, values: Mapping[str, str]) -> str:
    """Return a text as code: a template literal if it contains values."""
    filled = _escape(text).format_map({name: _insert(code) for name, code in values.items()})
    return f"`{filled}`" if "{" in text else json.dumps(text, ensure_ascii=False)


def _insert(code: str) -> str:
    """Return the code for a value in a template literal; a literal string is inserted directly."""
    if not is_text(code):
        return f"${{{code}}}"
    return code[1:-1] if code[0] == "`" else _escape(json.loads(code))


def _escape(text: str) -> str:
    return re.sub(r"([`\\$])", r"\\\1", text)


def _list_parts(text: str, values: Mapping[str, str]) -> Iterator[str]:
    """Yield the parts of a text: literal strings and values in turn."""
    for between, name, _, _ in string.Formatter().parse(text):
        if between:
            yield json.dumps(between, ensure_ascii=False)
        if name is not None:
            yield values[name]


def _choose(texts: Mapping[str, str], count: str, labels: Labels) -> str:
    """Return code that chooses a plural form by a count, an integer or `sayNumber` of one."""
    shown = _SHOWN.fullmatch(count)
    number = shown[1] if shown else count
    number = number if _NAME.fullmatch(number) else f"({number})"
    plural = labels.locale.plural_form
    if all(plural(one) == ("one" if one == 1 else "other") for one in _NUMBERS):
        return f"({number}===1?{texts['one']}:{texts['other']})"
    forms = ",".join(f"{form}:{text}" for form, text in texts.items())
    return f'({{{forms}}})[new Intl.PluralRules("{labels.language}").select({number})]'
