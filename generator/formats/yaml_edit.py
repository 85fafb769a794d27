"""Other values into a YAML text: only the characters of what changes are written, all others stay as they are.

Round-trip writers keep comments, but write the whole text anew: their own indentation, spaces, line ends and last line.
So the text is cut where the parser says that a value begins and ends, and the result is read again: it is right, and holds
every comment that there was, or nothing is changed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

import yaml

from generator.formats.strict_yaml import parse_yaml, render_yaml
from generator.formats.yaml_nodes import Node, parse_nodes

_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"(?:^|(?<=[\s]))#[^\r\n]*", re.MULTILINE)
_NAMING = ("id", "paper", "name", "date", "entry", "field", "value", "source")
"""The keys by which a mapping in a list is known again; a text in a list is as good as a mapping with one of them."""
_ENDLESS = 2**31 - 1


class FormError(Exception):
    """A text is written in a way that cannot be edited; the message says what a person has to write."""


def edit_yaml(text: str, wanted: Any) -> str:  # noqa: ANN401 (any plain value)
    """Return the text with another value: texts, numbers, lists and mappings, in the order in which new keys shall stand.

    Whatever the two values have in common keeps its characters, and so do all comments, blank lines and line ends. The
    text must be one that `parse_yaml` reads without a fault.

    Example: `edit_yaml("a: 1  # one\\n", {"a": "1", "b": ["2"]})` is `"a: 1  # one\\nb:\\n- '2'\\n"`.

    Raises:
        FormError: when that cannot be done.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    root = parse_nodes(body)
    if root is None:
        raise FormError("the file holds no value")
    editor = _Editor(body, root)
    editor.change(root, wanted)
    edited = editor.apply()
    value, _, faults = parse_yaml(edited, file="")
    if faults or _flatten(value) != _flatten(wanted) or _count_comments(body) - _count_comments(edited):
        raise FormError("it is written in a way that cannot be edited without a loss")
    return mark + edited


def _count_comments(text: str) -> Counter[str]:
    return Counter(text[start:end].rstrip() for start, end in _find_comments(text, parse_nodes(text)))


def _find_comments(text: str, root: Node | None) -> Iterator[tuple[int, int]]:
    """Yield where each comment of a text begins and ends."""
    at = 0
    for scalar in root.list_scalars() if root else ():
        yield from (match.span() for match in _COMMENT.finditer(text, at, scalar.start))
        if scalar.style in {"|", ">"}:
            head = _BREAK.search(text, scalar.start)
            yield from (m.span() for m in _COMMENT.finditer(text, scalar.start, head.start() if head else scalar.end))
        at = scalar.end
    yield from (match.span() for match in _COMMENT.finditer(text, at))


def _flatten(value: Any) -> Any:  # noqa: ANN401 (any plain value)
    """Return a value as strict YAML reads it: with texts for numbers, nothing for what is empty, no last line end."""
    if isinstance(value, Mapping):
        return {key: _flatten(inner) for key, inner in value.items()} or None
    if isinstance(value, list | tuple):
        return [_flatten(inner) for inner in value] or None
    return None if value is None else _say(value).rstrip("\n") or None


def _say(value: Any) -> str:  # noqa: ANN401 (a text, a number, or whether something is so)
    """Return a value as strict YAML reads what is written for it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _know(value: Any) -> str:  # noqa: ANN401 (any plain value)
    """Return what an item of a list is known by."""
    if isinstance(value, Mapping):
        return "\n".join(str(value[key]) for key in _NAMING if value.get(key))
    return str(value)


def _can_become(node: Node, wanted: Any) -> bool:  # noqa: ANN401 (any plain value)
    """Return whether a node can get a value in its place: lists and mappings in lines stay such ones."""
    if node.is_flow or node.kind == "scalar":
        return True
    return bool(wanted) and isinstance(wanted, Mapping if node.kind == "mapping" else list | tuple)


def _is_alike(old: Any, new: Any) -> bool:  # noqa: ANN401 (any plain values)
    """Return whether an item of a list may be the other one after a change: both are texts, or something stays."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return any(_flatten(new.get(key)) == _flatten(value) for key, value in old.items())
    return not isinstance(old, Mapping | list)


def _read(node: Node) -> Any:  # noqa: ANN401 (any plain value)
    if node.kind == "mapping":
        return {key.value: _read(item) for key, item in zip(node.keys, node.items, strict=True)}
    return [_read(item) for item in node.items] if node.kind == "list" else node.value


class _Editor:
    """The cuts that make one text of another; they are made all at once, so that positions stay what they are."""

    def __init__(self, text: str, root: Node) -> None:
        self.root = root
        self.cuts: list[tuple[int, int, str]] = []
        found = _BREAK.search(text)
        self.newline = found[0] if found else "\n"
        self.is_open = not text.endswith(("\n", "\r"))
        self.text = f"{text}{self.newline}" if self.is_open else text
        self.comments = list(_find_comments(text, root))
        self.is_json = root.is_flow and bool(root.keys) and root.keys[0].style == '"'

    def apply(self) -> str:
        """Return the text with all cuts made."""
        parts, at = [], 0
        for start, end, new in sorted(self.cuts, key=lambda cut: cut[:2]):
            parts += [self.text[at:start], new]
            at = max(at, end)
        edited = "".join([*parts, self.text[at:]])
        return edited.removesuffix(self.newline) if self.is_open else edited

    def change(self, node: Node, wanted: Any) -> None:  # noqa: ANN401 (any plain value)
        """Make the cuts that give a node another value."""
        if _flatten(_read(node)) == _flatten(wanted):
            return
        if node.kind == "mapping" and node.items and isinstance(wanted, Mapping) and (wanted or node is self.root):
            self._change_mapping(node, wanted)
        elif node.kind == "list" and node.items and isinstance(wanted, list | tuple) and wanted:
            self._change_list(node, list(wanted))
        else:
            self._replace(node, wanted)

    # Mappings

    def _change_mapping(self, node: Node, wanted: Mapping[str, Any]) -> None:
        known = {key.value: number for number, key in enumerate(node.keys)}
        for name, number in known.items():
            if name in wanted and _can_become(node.items[number], wanted[name]):
                self.change(node.items[number], wanted[name])
            elif name in wanted:
                self._insert(node, number, {name: wanted[name]})
                self._delete(node, [number])
        self._delete(node, [number for name, number in known.items() if name not in wanted])
        before = -1
        for name, value in wanted.items():
            if name in known:
                before = known[name]
            else:
                self._insert(node, before, {name: value})

    # Lists

    def _change_list(self, node: Node, wanted: list[Any]) -> None:
        values = [_read(item) for item in node.items]
        one, two = ([_know(value) for value in each] for each in (values, wanted))
        gone: list[int] = []
        for _, i, end_i, j, end_j in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            for old, new in zip_longest(range(i, end_i), range(j, end_j)):
                if new is None:
                    gone.append(old)
                elif old is None:
                    self._insert(node, end_i - 1, wanted[new])
                elif _can_become(node.items[old], wanted[new]) and (
                    end_i - i == end_j - j or _is_alike(values[old], wanted[new])
                ):
                    self.change(node.items[old], wanted[new])
                elif node.is_flow:
                    self._replace(node.items[old], wanted[new])
                else:
                    gone.append(old)
                    self._insert(node, old, wanted[new])
        self._delete(node, gone)

    # One entry of a mapping or item of a list

    def _begin(self, node: Node, number: int) -> int:
        """Return where an entry begins: its key, the dash of its item, or the item between brackets."""
        if node.keys:
            return node.keys[number].start
        if node.is_flow:
            return node.items[number].start
        if number == 0:
            return node.start
        dash = re.compile(rf"^[ ]{{{self._column(node.start)}}}-(?=\s)", re.MULTILINE)
        found = dash.search(self.text, self._next_line(node.items[number - 1]), node.items[number].end + 1)
        return found.end() - 1 if found else node.items[number].start

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _next_line(self, node: Node) -> int:
        """Return where the line after a node of a block begins: after blank lines only where they belong to it."""
        last = node
        while last.items and not last.is_flow:
            last = last.items[-1]
        if last.style in {"|", ">"}:
            head = _BREAK.search(self.text, last.start)
            if head and "+" in self.text[last.start : head.start()].partition("#")[0]:
                return last.end
            written = self.text[: last.end].rstrip(" \t\r\n")
            found = _BREAK.search(self.text, len(written))
        else:
            found = _BREAK.search(self.text, last.end)
        return found.end() if found else len(self.text)

    def _insert(self, node: Node, after: int, value: Any) -> None:  # noqa: ANN401 (any plain value)
        """Put an entry behind the one with a number; -1 is in front of all."""
        if node.is_flow:
            self._insert_between_brackets(node, after, value)
            return
        column = self._column(node.start)
        made = self._render_entry(node, value) if node.keys else render_yaml([value])
        lines = [f"{' ' * column}{line}" if line else "" for line in made.rstrip("\n").split("\n")]
        new = self.newline.join(lines)
        if after < 0 and self.text[self._line_start(node.start) : node.start].strip():  # behind a dash
            self.cuts.append((node.start, node.start, f"{new.lstrip(' ')}{self.newline}{' ' * column}"))
            return
        at = self._line_start(node.start) if after < 0 else self._next_line(node.items[after])
        self.cuts.append((at, at, f"{new}{self.newline}"))

    def _render_entry(self, node: Node, value: Mapping[str, Any]) -> str:
        """Return an entry of a mapping, its list as far in as other lists of the mapping."""
        made = render_yaml(value)
        column = self._column(node.start)
        lists = (item for item in node.items if item.kind == "list" and not item.is_flow)
        inner = next((self._column(item.start) - column for item in lists), 0)
        (only,) = value.values()
        if not inner or not isinstance(only, list | tuple) or not only:
            return made
        head, _, rest = made.partition("\n")
        return "\n".join([head, *(f"{' ' * inner}{line}" if line else "" for line in rest.split("\n"))])

    def _insert_between_brackets(self, node: Node, after: int, value: Any) -> None:  # noqa: ANN401 (any plain value)
        made = self._render_inline(node, value)
        if node.keys:
            made = made[1:-1]
        if after < 0:
            first = self._begin(node, 0)
            self.cuts.append((first, first, f"{made}, "))
            return
        at = self._begin(node, after)
        start = self._line_start(at)
        own_line = after > 0 and not self.text[start:at].strip()
        gap = f"{self.newline}{self.text[start:at]}" if own_line else " "
        end = self._end(node, after)
        self.cuts.append((end, end, f",{gap}{made}"))

    def _delete(self, node: Node, numbers: Sequence[int]) -> None:
        """Take entries out; their comments stay."""
        for number in numbers:
            if node.is_flow:
                self._delete_between_brackets(node, number, set(numbers))
            else:
                self._delete_lines(node, number)

    def _delete_lines(self, node: Node, number: int) -> None:
        begin, end = self._begin(node, number), self._next_line(node.items[number])
        start = self._line_start(begin)
        indent = self.text[start:begin]
        if indent.strip():  # the first entry of a mapping that is an item of a list
            if number + 1 == len(node.items):
                raise FormError("a mapping would be left empty")
            self.cuts.append((begin, self._begin(node, number + 1), ""))
            return
        kept = [f"{indent}{comment}{self.newline}" for comment in self._comments_in(start, end)]
        self.cuts.append((start, end, "".join(kept)))

    def _comments_in(self, start: int, end: int) -> list[str]:
        return [self.text[a:b].rstrip() for a, b in self.comments if start <= a < end]

    def _delete_between_brackets(self, node: Node, number: int, gone: set[int]) -> None:
        start, end = self._begin(node, number), self._end(node, number)
        if not gone.issuperset(range(number, len(node.items))):
            next_one = self._begin(node, number + 1)
            comment = self.text.find("#", end, next_one)
            self.cuts.append((start, comment if comment >= 0 else next_one, ""))
        elif number == 0:
            self.cuts.append((start, end, ""))
        else:
            before = self._end(node, number - 1)
            comma = self.text.index(",", before)
            is_noted = "#" in self.text[before:start]
            self.cuts += [(comma, comma + 1, ""), (start, end, "")] if is_noted else [(before, end, "")]

    def _end(self, node: Node, number: int) -> int:
        """Return where an entry between brackets ends; a key may have no value."""
        return max(node.items[number].end, node.keys[number].end if node.keys else 0)

    # One value

    def _replace(self, node: Node, wanted: Any) -> None:  # noqa: ANN401 (any plain value)
        """Write another value in the place of a node, between brackets where it is a list or a mapping."""
        made = self._render_inline(node, wanted)
        start, end = node.start, node.end
        if node.style in {"|", ">"}:
            comments = self._comments_in(start, end)
            end = len(self.text[:end].rstrip(" \t\r\n"))
            made = "  ".join([made, *comments[:1]])
        elif start == end and start and self.text[start - 1] in ":-":
            made = f" {made}"
        self.cuts.append((start, end, made))

    def _render_inline(self, node: Node, value: Any) -> str:  # noqa: ANN401 (any plain value)
        """Return a value on one line, as it may stand between brackets; in JSON where the text around is JSON."""
        if self.is_json:
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, list | tuple | Mapping):
            return _dump(value, default_flow_style=True)
        style = node.style if node.style in {"'", '"'} and isinstance(value, str) else None
        return _dump([value], default_flow_style=True, default_style=style)[1:-1]


class _Dumper(yaml.SafeDumper):
    """Writes every text on one line."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if "\n" in text else None
    ),
)


def _dump(value: Any, **options: Any) -> str:  # noqa: ANN401 (any plain value)
    made = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_ENDLESS, **options)
    return str(made).removesuffix("\n")
