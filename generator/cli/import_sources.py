"""The part of `papershelf import sources` that fetches the files and service answers listed in sources.txt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from generator import __version__
from generator.cli.exit_codes import NETWORK, fail
from generator.cli.shared import AUTO, OFFLINE, echo_problems, find_config
from generator.formats.files import sort_files
from generator.formats.registry import FORMATS, TextFile
from generator.formats.sources import Origin, parse_sources
from generator.network.client import Client
from generator.network.errors import NoAnswerError, RefusedError
from generator.problems import Problem, error, warning
from generator.storage.text_file import load_text, show_file_name
from generator.topics.from_groups import Grouping

_PAUSE = 3.0


class Listed(Struct, frozen=True, kw_only=True):
    """The sources of a list: texts by format, the groups of each that become topics, and problems of sources that failed."""

    texts: dict[str, list[TextFile]]
    groupings: dict[str, Grouping]
    problems: list[Problem]


def load_sources(lists: Sequence[Path]) -> Listed:
    """Return the sources of lists; file paths are relative to the list that names them.

    Stops with exit code 3 if no URL could be reached and nothing else was read.
    """
    texts: dict[str, list[TextFile]] = {}
    groupings: dict[str, Grouping] = {}
    problems: list[Problem] = []
    client = Client(agent=f"papershelf/{__version__}")
    for path in lists:
        name = show_file_name(path.name)
        listed = TextFile(name=name, text=load_text(path, name=name)[0])
        origins, faults = parse_sources(listed, (*FORMATS, AUTO))
        problems += faults
        for origin in origins:
            text = _fetch(origin, client, problems) if origin.is_address else _load(origin, path, problems)
            if text is None:
                continue
            found, unread = sort_files([text]) if origin.format == AUTO else ({origin.format: [text]}, [])
            problems += unread
            for form, read in found.items():
                texts.setdefault(form, []).extend(read)
                groupings |= {text.name: Grouping(name=origin.topics)} if origin.topics else {}
    if not texts and not client.has_connected and any(problem.code == "no-answer" for problem in problems):
        echo_problems(problems)
        fail(f"no source could be reached: {OFFLINE}. Nothing was changed", NETWORK)
    return Listed(texts=texts, groupings=groupings, problems=problems)


def _fetch(origin: Origin, client: Client, problems: list[Problem]) -> TextFile | None:
    try:
        text = client.fetch(origin.where, pause=_PAUSE)
    except RefusedError as fault:
        problems.append(error("bad-link", f"{origin.where} {fault}", origin.place, "correct the line"))
        return None
    except NoAnswerError as fault:
        problems.append(warning("no-answer", f"{origin.where} {fault}", origin.place, "try again later"))
        return None
    if text is None:
        problems.append(
            error("no-answer", f"{origin.where} does not exist", origin.place, "correct the line")
        )
        return None
    return TextFile(name=show_file_name(origin.where), text=text)


def _load(origin: Origin, listed_in: Path, problems: list[Problem]) -> TextFile | None:
    name, folder = show_file_name(origin.where), listed_in.parent.resolve()
    config = find_config(folder)
    root = config.parent if config else folder
    path = (folder / origin.where).resolve()
    inside = path.relative_to(root).parts if path.is_relative_to(root) else (".",)
    if any(part.startswith(".") for part in inside):
        hint = f"put the file next to {listed_in.name} or elsewhere below {root.name}/, but not in a hidden folder"
        problems.append(error("unreadable-file", f"{name} is outside the project", origin.place, hint))
        return None
    text, faults = load_text(path, name=name)
    problems += faults
    return None if faults else TextFile(name=name, text=text)
