"""Texts of scripts: where a script calls `label`, it is given the text of the site's language when it is packed.

A browser so loads no labels: `label("results.all", { papers })` becomes a literal that inserts `papers`. The forms of a
plural become a condition of JavaScript, or a question to `Intl.PluralRules` where a language has more than one and other.
`theme_overrides/assets/papershelf/label.js` describes the calls to those who write scripts.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator, Mapping, Sequence

from generator.labels.labels import Labels

_CALL = re.compile(r"(?:(?<=\.\.\.)|(?<![\w$.#]))(label|labelParts)\(")
_KEY = re.compile(r'\s*"([a-z_.]+)"\s*([,)])')
_NAME = re.compile(r"\s*([A-Za-z]\w*)\s*([:,}])")
_SHOWN = re.compile(r"sayNumber\((.*)\)", re.DOTALL)
_PLAIN = re.compile(r"[\w$.]+")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_ONE = frozenset({"n in 1", "i in 1 and v in 0"})
"""The rules of CLDR, as Babel writes them, that a whole number follows when it is one."""
_DATE = re.compile(r"y|M+|d")
_PARTS_OF_DATE = {"y": "{year}", "MMMM": "{name}", "M": "{month}", "d": "{day}"}

_Token = tuple[str, str]
"""A sign of a text as `("sign", …)`, a value as `("value", name)`, code as `("code", …)` or a part of a template as `("raw", …)`."""


class ScriptLabelError(ValueError):
    """A call of `label` that cannot be given its text."""


def fill_labels(script: str, labels: Labels) -> str:
    """Return a script without comments, with a text in place of every call of `label` and `labelParts`.

    >>> from generator.labels.labels import load_labels
    >>> fill_labels('say(label("count.papers",{count:sayNumber(n)}))', load_labels("en"))
    'say(`${sayNumber(n)} paper${n===1?"":"s"}`)'
    """
    for call in reversed(list(_CALL.finditer(script))):  # a call within another one comes after it
        key, values, end = _read_call(script, call.end())
        try:
            text = _write(call[1], key, values, labels)
        except KeyError as fault:
            raise ScriptLabelError(f"{key}: there is no label or no value {fault}") from fault
        script = script[: call.start()] + text + script[end:]
    return script


def list_calls(script: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the key of every call in a script without comments, with the names of its values."""
    for call in _CALL.finditer(script):
        key, values, _ = _read_call(script, call.end())
        yield key, frozenset(values)


def _read_call(script: str, at: int) -> tuple[str, dict[str, str], int]:
    """Return the key and the values, as code, of a call whose arguments begin at a place, and where the call ends."""
    key = _KEY.match(script, at)
    if not key:
        raise ScriptLabelError(f"the key is not written out: {script[at : at + 60]}")
    if key[2] == ")":
        return key[1], {}, key.end()
    at = script.index("{", key.end()) + 1
    values: dict[str, str] = {}
    while script[at : at + 1].strip() != "}":
        name = _NAME.match(script, at)
        if not name:
            raise ScriptLabelError(f"{key[1]}: not a value: {script[at : at + 60]}")
        end = _find_end(script, name.end()) if name[2] == ":" else name.end() - 1
        values[name[1]] = script[name.end() : end].strip() if name[2] == ":" else name[1]
        at = end + (script[end] == ",")
        at += len(script[at:]) - len(script[at:].lstrip())
    return key[1], values, script.index(")", at) + 1


def _find_end(script: str, at: int) -> int:
    """Return where an expression ends that begins at a place: at a comma, or at what closes a bracket before it."""
    while script[at] not in ",)]}":
        at = _skip(script, at)
    return at


def _skip(script: str, at: int) -> int:
    """Return the place behind a sign, or behind a literal or brackets that begin with it."""
    sign = script[at]
    if sign == "/":
        raise ScriptLabelError(f"a value has a slash outside of texts: {script[at : at + 60]}")
    if sign in _CLOSED_BY:
        at += 1
        while script[at] != _CLOSED_BY[sign]:
            at = _skip(script, at)
        return at + 1
    if sign not in "\"'`":
        return at + 1
    at += 1
    while script[at] != sign:
        is_value = sign == "`" and script.startswith("${", at)
        at = _skip(script, at + 1) if is_value else at + 1 + (script[at] == "\\")
    return at + 1


def _find(labels: Labels, key: str) -> Mapping[str, str]:
    """Return the forms of a label. Those of numbers and dates follow from what the language knows of them."""
    locale = labels.locale
    if key == "language.code":
        return {"other": labels.language}
    if key == "number.group":
        return {"other": locale.number_symbols["latn"]["group"]}
    if key == "number.decimal":
        return {"other": locale.number_symbols["latn"]["decimal"]}
    if key == "date.months":
        return {"other": " ".join(locale.months["format"]["wide"].values())}
    forms = labels.forms(key)
    if key.startswith("date.") and key != "date.unknown":
        return {"other": _DATE.sub(lambda part: _PARTS_OF_DATE[part[0]], forms["other"])}
    return forms


def _write(function: str, key: str, values: Mapping[str, str], labels: Labels) -> str:
    """Return the code that stands for a call."""
    forms = {form: list(_split(text)) for form, text in _find(labels, key).items()}
    texts = {form: [_insert(token, values) for token in tokens] for form, tokens in forms.items()}
    if function == "labelParts":
        return _write_parts(texts["other"])
    if len(texts) == 1:
        return _write_literal(texts["other"])
    shown = _SHOWN.fullmatch(values["count"])
    number = shown[1] if shown else values["count"]
    number = number if _PLAIN.fullmatch(number) else f"({number})"
    rules = labels.locale.plural_form.rules
    if set(texts) == {"one", "other"} and set(rules) == {"one"} and str(rules["one"]) in _ONE:
        return _write_two(number, texts["one"], texts["other"])
    choices = ",".join(f"{form}:{_write_literal(tokens)}" for form, tokens in texts.items())
    return f'({{{choices}}})[new Intl.PluralRules("{labels.language}").select({number})]'


def _split(text: str) -> Iterator[_Token]:
    """Yield the signs and values of a text."""
    for signs, name, _, _ in string.Formatter().parse(text):
        yield from (("sign", sign) for sign in signs)
        if name is not None:
            yield "value", name


def _insert(token: _Token, values: Mapping[str, str]) -> _Token:
    """Return a token with the code of a value in place of its name; a value that is one literal stands for its own text."""
    if token[0] == "sign":
        return token
    code = values[token[1]]
    if code[0] not in '"`' or _skip(code, 0) != len(code):
        return "code", code
    return "raw", code[1:-1] if code[0] == "`" else _escape(json.loads(code))


def _escape(text: str) -> str:
    return re.sub(r"([`\\$])", r"\\\1", text)


def _write_literal(tokens: Sequence[_Token]) -> str:
    """Return tokens as a literal: a template if there is a value in it."""
    if all(kind == "sign" for kind, _ in tokens):
        return json.dumps("".join(sign for _, sign in tokens), ensure_ascii=False)
    ways = {"sign": _escape, "raw": str, "code": "${{{}}}".format}
    return "`" + "".join(ways[kind](text) for kind, text in tokens) + "`"


def _write_parts(tokens: Sequence[_Token]) -> str:
    """Return tokens as an array of texts and values."""
    parts: list[str] = []
    signs: list[_Token] = []
    for token in tokens:
        if token[0] == "sign":
            signs.append(token)
            continue
        parts += [_write_literal(signs)] if signs else []
        parts.append(token[1] if token[0] == "code" else f"`{token[1]}`")
        signs = []
    return f"[{','.join(parts + ([_write_literal(signs)] if signs else []))}]"


def _write_two(number: str, one: Sequence[_Token], other: Sequence[_Token]) -> str:
    """Return the form for a number, one or other, as a literal that chooses between what differs in the two."""
    shorter = min(len(one), len(other))
    first = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    last = next((n for n in range(shorter - first) if one[-1 - n] != other[-1 - n]), shorter - first)
    differing = (tokens[first : len(tokens) - last] for tokens in (one, other))
    choice = f"{number}===1?{':'.join(map(_write_literal, differing))}"
    return _write_literal([*one[:first], ("code", choice), *one[len(one) - last :]])
