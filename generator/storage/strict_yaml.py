"""A strict YAML reader for records and topics: all scalars are strings, every value has its line, and unusual constructs are errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from generator.limits import YAML_DEPTH, YAML_VALUES
from generator.problems import Place, Problem, error

Path = tuple[str | int, ...]
Lines = Mapping[Path, int]
"""The line of every value, by its path of keys and positions."""

_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_Dumper: type = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


# These end a line in YAML 1.1 but not in YAML 1.2 and in editors.
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
# The characters that YAML allows (section 5.1 of YAML 1.2).
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")


class _RefusedError(Exception):
    """Raised for a construct that strict YAML does not allow; has its line."""

    def __init__(self, message: str, line: int, code: str = "bad-yaml") -> None:
        self.message, self.line, self.code = message, line, code
        super().__init__(message)


def parse_yaml(text: str, *, file: str) -> tuple[Any, Lines, tuple[Problem, ...]]:
    """Return the value of a document (strings, lists and mappings), the line of each part, and the errors.

    The value of an empty document is None, also after a syntax error. A repeated key is an error, but the rest of the
    document is still read.
    """
    composer = _Composer(list_events(text), file)
    try:
        value = composer.read_document()
    except _RefusedError as refused:
        return None, {}, (error(refused.code, refused.message, Place(file=file, line=refused.line)),)
    except yaml.MarkedYAMLError as fault:
        line = next(
            (mark.line + 1 for mark in (fault.problem_mark, fault.context_mark) if mark is not None), 0
        )
        message = " ".join(filter(None, (fault.context, fault.problem)))
        hint = "check the indentation, and quote values that contain ': ' or ' #' or start with a special character"
        return None, {}, (error("bad-yaml", message, Place(file=file, line=line), hint),)
    except yaml.reader.ReaderError:
        line = _find_unwritable(text)
        message = "the file contains a character that YAML does not allow: a control character or half of a surrogate pair"
        return None, {}, (error("bad-yaml", message, Place(file=file, line=line), "delete the character"),)
    return value, composer.lines, tuple(composer.repeated)


def list_events(text: str) -> Iterator[Any]:
    """Return the events of a YAML parser, with positions in characters of the text."""
    events = yaml.parse(text if text.isascii() else text.translate(_NO_LINE_ENDS), Loader=_Loader)
    return iter(events)


def _find_unwritable(text: str) -> int:
    """Return the line of the first character that YAML does not allow; 0 if there is none."""
    match = _UNWRITABLE.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def _line_of(event: Any) -> int:  # noqa: ANN401 (an event of either parser)
    return int(event.start_mark.line) + 1


class _Composer:
    """Builds a value from the events of a YAML parser, with the line of every part and the repeated keys."""

    def __init__(self, events: Iterable[Any], file: str) -> None:
        self.events = iter(events)
        self.file = file
        self.lines: dict[Path, int] = {}
        self.repeated: list[Problem] = []

    def read_document(self) -> Any:  # noqa: ANN401 (a YAML value)
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "the file contains a second document: write one record in each file"
                    raise _RefusedError(message, _line_of(event))
            elif isinstance(event, yaml.NodeEvent):
                value = self._read_value(event, ())
        return value

    def _read_value(self, event: Any, path: Path) -> Any:  # noqa: ANN401 (an event of either parser; a YAML value)
        line = self.lines[path] = _line_of(event)
        _check_plain(event, line)
        if len(path) > YAML_DEPTH:
            raise _RefusedError(f"values are nested more than {YAML_DEPTH} levels deep", line)
        if len(self.lines) > YAML_VALUES:
            raise _RefusedError(f"the file has more than {YAML_VALUES:,} values", line, "too-many")
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(path)
        items: list[Any] = []
        for inner in self.events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(self._read_value(inner, (*path, len(items))))
        return items

    def _read_mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line_of(event)
            _check_plain(event, line)
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedError("a key is not text", line)
            if event.value in found:
                message = f"the key {event.value!r} appears twice in one mapping"
                self.repeated.append(
                    error("bad-yaml", message, Place(file=self.file, line=line), "delete one of the two")
                )
            found[event.value] = self._read_value(next(self.events), (*path, event.value))
        return found


def _check_plain(event: Any, line: int) -> None:  # noqa: ANN401 (an event of either parser)
    """Reject constructs that give a key or value another meaning than its text."""
    if isinstance(event, yaml.AliasEvent):
        raise _RefusedError(f"aliases are not allowed (*{event.anchor}): write out the value", line)
    if event.anchor is not None:
        raise _RefusedError(f"anchors are not allowed (&{event.anchor}): remove it", line)
    if event.tag is not None and event.tag != "!":
        raise _RefusedError(
            f"tags are not allowed ({event.tag}): every value is text, a list or a mapping", line
        )


def render_yaml(value: Mapping[str, object] | Sequence[object]) -> str:
    """Return a mapping or list as YAML in the order of its keys; texts that other YAML readers would take for numbers are quoted."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100))
