"""Edits of a YAML text: insert, delete or replace an entry and keep the form of the text around it."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from generator.storage.strict_yaml import render_yaml
from generator.storage.yaml_nodes import Node

_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)
_ENDLESS = 2**31 - 1


class FormError(Exception):
    """Raised when a text cannot be edited; the message says why."""


def find_comments(text: str, root: Node | None) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each comment in a text."""
    at = 0
    for scalar in root.list_scalars() if root else ():
        yield from (match.span() for match in _COMMENT.finditer(text, at, scalar.start))
        if scalar.style in {"|", ">"}:
            head = _BREAK.search(text, scalar.start)
            end = head.start() if head else scalar.end
            yield from (match.span() for match in _COMMENT.finditer(text, scalar.start, end))
        at = scalar.end
    yield from (match.span() for match in _COMMENT.finditer(text, at))


class Cuts:
    """A list of replacements in a text; they are applied together, so that positions stay valid."""

    def __init__(self, text: str, root: Node) -> None:
        found = _BREAK.search(text)
        self._newline = found[0] if found else "\n"
        self._is_open = not text.endswith(("\n", "\r"))
        self._text = f"{text}{self._newline}" if self._is_open else text
        self._comments = [(start, text[start:end].rstrip()) for start, end in find_comments(text, root)]
        self._is_json = root.is_flow and bool(root.keys) and root.keys[0].style == '"'
        self._cuts: list[tuple[int, int, str]] = []

    def apply(self) -> str:
        """Return the text with all replacements applied."""
        parts, at = [], 0
        for start, end, new in sorted(self._cuts, key=lambda cut: cut[:2]):
            parts += [self._text[at:start], new]
            at = max(at, end)
        edited = "".join([*parts, self._text[at:]])
        return edited.removesuffix(self._newline) if self._is_open else edited

    def insert(self, node: Node, after: int, value: Any) -> None:  # noqa: ANN401 (any plain value)
        """Insert an entry of a mapping or an item of a list after entry number `after`; -1 means at the start."""
        if node.is_flow:
            self._insert_between_brackets(node, after, value)
            return
        column = self._column(node.start)
        made = self._render_entry(node, value) if node.keys else render_yaml([value])
        lines = [f"{' ' * column}{line}" if line else "" for line in made.rstrip("\n").split("\n")]
        new = self._newline.join(lines)
        start = self._line_start(node.start)
        if after < 0 and self._text[start : node.start].strip():  # behind the dash of an item
            self._cut(node.start, node.start, f"{new.lstrip(' ')}{self._newline}{' ' * column}")
            return
        at = start if after < 0 else self._next_line(node.items[after])
        self._cut(at, at, f"{new}{self._newline}")

    def delete(self, node: Node, numbers: Sequence[int]) -> None:
        """Remove entries, given by number in order; their comments stay."""
        last = len(node.items)  # from here on nothing stays
        for number in reversed(numbers):
            last = number if number == last - 1 else last
        for number in numbers:
            if node.is_flow:
                self._delete_between_brackets(node, number, is_last=number >= last)
            else:
                self._delete_lines(node, number)

    def replace(self, node: Node, value: Any) -> None:  # noqa: ANN401 (any plain value)
        """Replace the value of a node; lists and mappings are written in brackets."""
        made = self._render_inline(node, value)
        start, end = node.start, node.end
        if node.style in {"|", ">"}:
            made = "  ".join([made, *self._comments_in(start, end)])
            end = self._end_of_words(end)
        elif start == end and start and self._text[start - 1] in ":-":
            made = f" {made}"
        self._cut(start, end, made)

    def _cut(self, start: int, end: int, new: str) -> None:
        self._cuts.append((start, end, new))

    # Positions in the text

    def _line_start(self, at: int) -> int:
        feed = self._text.rfind("\n", 0, at) + 1
        return max(feed, self._text.rfind("\r", feed, at) + 1)

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _end_of_words(self, at: int) -> int:
        """Return the end of the last word before a position."""
        while at and self._text[at - 1] in " \t\r\n":
            at -= 1
        return at

    def _begin(self, node: Node, number: int) -> int:
        """Return the start of an entry: its key, the dash of its item, or the item in brackets."""
        if node.keys:
            return node.keys[number].start
        if node.is_flow:
            return node.items[number].start
        if number == 0:
            return node.start
        dash = re.compile(rf"^[ ]{{{self._column(node.start)}}}-(?=\s)", re.MULTILINE)
        found = dash.search(self._text, self._next_line(node.items[number - 1]), node.items[number].end + 1)
        return found.end() - 1 if found else node.items[number].start

    def _end(self, node: Node, number: int) -> int:
        """Return the end of an entry in brackets; a key may have no value."""
        return max(node.items[number].end, node.keys[number].end if node.keys else 0)

    def _next_line(self, node: Node) -> int:
        """Return the start of the line after a block node, after blank lines only if they belong to the node."""
        last = node
        while last.items and not last.is_flow:
            last = last.items[-1]
        end = last.end
        if last.style in {"|", ">"}:
            head = _BREAK.search(self._text, last.start)
            if head and "+" in self._text[last.start : head.start()].partition("#")[0]:
                return end
            end = self._end_of_words(end)
        found = _BREAK.search(self._text, end)
        return found.end() if found else len(self._text)

    def _comments_in(self, start: int, end: int) -> list[str]:
        first = bisect_left(self._comments, (start, ""))
        return [text for _, text in self._comments[first : bisect_left(self._comments, (end, ""))]]

    # Entries in block style

    def _render_entry(self, node: Node, value: Mapping[str, Any]) -> str:
        """Return the text of a mapping's entry; a list is indented like the mapping's other lists."""
        made = render_yaml(value)
        column = self._column(node.start)
        lists = (item for item in node.items if item.kind == "list" and not item.is_flow)
        inner = next((self._column(item.start) - column for item in lists), 0)
        (only,) = value.values()
        if not inner or not isinstance(only, list | tuple) or not only:
            return made
        head, _, rest = made.partition("\n")
        return "\n".join([head, *(f"{' ' * inner}{line}" if line else "" for line in rest.split("\n"))])

    def _delete_lines(self, node: Node, number: int) -> None:
        begin, end = self._begin(node, number), self._next_line(node.items[number])
        start = self._line_start(begin)
        indent = self._text[start:begin]
        if indent.strip():  # the first entry of a mapping that is an item of a list
            if number + 1 == len(node.items):
                raise FormError("the edit would leave an empty mapping")
            self._cut(begin, self._begin(node, number + 1), "")
            return
        kept = [f"{indent}{comment}{self._newline}" for comment in self._comments_in(start, end)]
        self._cut(start, end, "".join(kept))

    # Entries in brackets

    def _insert_between_brackets(self, node: Node, after: int, value: Any) -> None:  # noqa: ANN401 (any plain value)
        made = self._render_inline(node, value)
        if node.keys:
            made = made[1:-1]
        if after < 0:
            first = self._begin(node, 0)
            self._cut(first, first, f"{made}, ")
            return
        at = self._begin(node, after)
        start = self._line_start(at)
        has_own_line = after > 0 and not self._text[start:at].strip()
        gap = f"{self._newline}{self._text[start:at]}" if has_own_line else " "
        end = self._end(node, after)
        self._cut(end, end, f",{gap}{made}")

    def _delete_between_brackets(self, node: Node, number: int, *, is_last: bool) -> None:
        """Remove an entry with the comma after it, or the comma before it if no remaining entry follows."""
        start, end = self._begin(node, number), self._end(node, number)
        if not is_last:
            next_one = self._begin(node, number + 1)
            comment = self._text.find("#", end, next_one)
            self._cut(start, comment if comment >= 0 else next_one, "")
            return
        before = self._end(node, number - 1) if number else start
        if "#" in self._text[before:start]:
            comma = self._text.index(",", before)
            self._cut(comma, comma + 1, "")
            before = start
        self._cut(before, end, "")

    # Values on one line

    def _render_inline(self, node: Node, value: Any) -> str:  # noqa: ANN401 (any plain value)
        """Return a value on one line, as allowed in brackets; as JSON if the text is JSON."""
        if self._is_json:
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, list | tuple | Mapping):
            return _dump(value, None)
        style = node.style if node.style in {"'", '"'} and isinstance(value, str) else None
        return _dump([value], style)[1:-1]


class _Dumper(yaml.SafeDumper):
    """A YAML dumper that writes every text on one line."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if "\n" in text else None
    ),
)


def _dump(value: Any, style: str | None) -> str:  # noqa: ANN401 (any plain value)
    made = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_ENDLESS, default_flow_style=True, default_style=style
    )  # fmt: skip
    return str(made).removesuffix("\n")
