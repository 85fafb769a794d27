"""Shared by the verbs: finding the content, common options, and printing problems."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from generator.cli.exit_codes import FINDINGS, fail
from generator.limits import MESSAGE, SHOWN
from generator.problems import Problem, errors_of
from generator.records.check import is_date
from generator.records.format_version import NEWER
from generator.settings import Settings
from generator.storage.conflict_markers import load_merged
from generator.storage.folder import LeavesError, refuse_link
from generator.storage.locks import BusyError
from generator.storage.text_file import load_exact, show_file_name
from generator.storage.transaction import hold
from generator.user_folders import find_state

OFFLINE = "are you offline, or behind a proxy? Proxies are not supported"
"""The advice in messages if no host could be reached."""
CONFIG = "mkdocs.yml"
AUTO = "auto"
"""The format that is none: that of each file is detected."""
_DAY = 10
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def find_config(start: Path | None = None) -> Path | None:
    """Return the nearest mkdocs.yml in `start` (default: the working folder) or its parents, or None."""
    here = (start or Path.cwd()).resolve()
    return next((folder / CONFIG for folder in (here, *here.parents) if (folder / CONFIG).is_file()), None)


def find_day() -> str:
    """Return today's date in UTC as YYYY-MM-DD. SOURCE_DATE_EPOCH overrides it, so that runs can be reproduced."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(seconds), dt.UTC) if seconds.isdecimal() else dt.datetime.now(dt.UTC)
    return now.date().isoformat()


def check_day(captured: str) -> None:
    """Stop if `--captured` is not a date."""
    if captured and not (is_date(captured) and len(captured) == _DAY):
        fail(f"--captured {captured}: write a date as YYYY-MM-DD")


def load_config_values(config: Path) -> dict[str, Any]:
    """Return the values of a mkdocs.yml, unchecked."""
    try:
        with config.open("rb") as file:
            values = yaml_load(file, get_yaml_loader())
    except click.ClickException:
        raise
    except Exception as fault:  # noqa: BLE001 (tags of the configuration may call anything)
        fail(f"{config.name} cannot be read: {' '.join(str(fault).split())[:MESSAGE]}")
    if not isinstance(values, dict):
        fail(f"{config.name} cannot be read: it must be a mapping of settings")
    return values


def find_content(content: Path | None, *, must_exist: bool = True) -> Path:
    """Return the shelf's folder: `content` if given, otherwise the docs_dir of the nearest mkdocs.yml.

    Stops if there is none, or if its path contains a symbolic link from the checkout.
    """
    if content is None:
        config = find_config()
        if config is None:
            fail(
                "no mkdocs.yml found here or in a parent folder: specify the shelf's folder with --content DIR"
            )
        content = config.parent / str(load_config_values(config).get("docs_dir", "docs"))
    elif must_exist and not content.is_dir():
        fail(f"the folder {content} does not exist")
    refuse_links(content)
    return content


def refuse_links(*paths: Path) -> None:
    """Stop if a path contains a symbolic link that a commit may have created."""
    try:
        for path in paths:
            refuse_link(path)
    except LeavesError as fault:
        fail(str(fault))


def load_former(path: Path) -> str:
    """Return the exact text of the file that a command is to replace, or an empty text if there is none.

    Stops if it is a link that a commit may have created, cannot be read, or contains an unresolved merge.
    """
    refuse_links(path)
    if not path.is_file():
        return ""
    _, faults = load_merged(path, name=show_file_name(path))
    if faults:
        echo_problems(faults)
        fail("nothing was written", FINDINGS)
    return load_exact(path)


def load_settings(config: Path, content: Path | None = None) -> Settings:
    """Return the settings of a mkdocs.yml, checked by the rules of MkDocs; stops if they are invalid."""
    from mkdocs.config import load_config  # noqa: PLC0415 (slow to load)
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415 (as above)

    from generator.mkdocs_plugin.options import PapershelfOptions, read_settings  # noqa: PLC0415 (as above)
    from generator.mkdocs_plugin.plugin import PapershelfPlugin  # noqa: PLC0415 (as above)

    try:
        loaded = load_config(str(config), **({"docs_dir": str(content.resolve())} if content else {}))
    except ConfigurationError as fault:
        fail(f"{config}: {fault}")
    refuse_links(Path(loaded.docs_dir))
    plugin = loaded.plugins.get("papershelf")
    return read_settings(
        loaded, plugin.config if isinstance(plugin, PapershelfPlugin) else PapershelfOptions()
    )


def hold_shelf(content: Path) -> None:
    """Lock the shelf until this command ends; stops if another process has locked it.

    Prints a note if an interruption could leave the shelf partly written.
    """
    try:
        click.get_current_context().with_resource(hold(content))
    except BusyError as fault:
        fail(str(fault), FINDINGS)
    except OSError as fault:
        fail(f"cannot lock {content}: {fault}", FINDINGS)
    if find_state(content) is None:
        message = "note: no private state folder was found, so an interrupted command cannot be resumed: set XDG_STATE_HOME, or do not interrupt this command"
        click.echo(f"papershelf: {message}", err=True)


def content_option(function: Decorated) -> Decorated:
    """Add `--content DIR`."""
    return click.option(
        "--content",
        type=click.Path(path_type=Path, file_okay=False),
        help="The shelf's folder (default: the docs_dir of the nearest mkdocs.yml).",
    )(function)


def service_options(function: Decorated) -> Decorated:
    """Add `--mailto`, and `--base` for tests."""
    mailto = click.option(
        "--mailto",
        default="",
        metavar="ADDRESS",
        help="Your e-mail address, sent to the services with each request.",
    )
    base = click.option("--base", "bases", multiple=True, metavar="SERVICE=URL", hidden=True)
    return mailto(base(function))


def format_option(function: Decorated) -> Decorated:
    """Add `--format text|json`."""
    return choose_format("text", "json")(function)


def choose_format(*forms: str) -> Callable[[Decorated], Decorated]:
    """Add `--format`, with the first of the forms as the default."""
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], help="Format of the report."
    )


def echo_problems(problems: Iterable[Problem]) -> None:
    """Print problems for people to stderr, coloured on a terminal; of many of one kind the first ones, and how many follow."""
    told: Counter[str] = Counter()
    for problem in problems:
        tag = f"{problem.severity} [{problem.code}]"
        told[tag] += 1
        if told[tag] <= SHOWN:
            tinted = click.style(tag, fg=_COLOURS[problem.severity])
            click.echo(str(problem).replace(tag, tinted, 1), err=True)
    for tag, number in told.items():
        if number > SHOWN:
            click.echo(f"… and {number - SHOWN:,} more of {tag}: only the first {SHOWN} are shown", err=True)


def stop_if_newer(problems: Iterable[Problem]) -> None:
    """Stop if the shelf has a newer record format than this version supports, because nothing was read."""
    if newer := [p for p in problems if p.code == NEWER]:
        echo_problems(newer)
        sys.exit(FINDINGS)


def echo_json(value: object) -> None:
    """Print a report as JSON to stdout."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def exit_code(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Return 1 if there are errors (in strict mode also for warnings), else 0."""
    found = [p for p in problems if p.severity != "note"] if strict else list(errors_of(problems))
    return FINDINGS if found else 0


def problem_values(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return problems as plain values for a JSON report."""
    return [
        {
            "severity": str(p.severity),
            "code": p.code,
            "message": p.message,
            "file": p.place.file if p.place else None,
            "line": p.place.line if p.place else None,
            "hint": p.hint,
        }
        for p in problems
    ]


def need_config() -> Path:
    """Return the nearest mkdocs.yml; stops if there is none."""
    config = find_config()
    if config is None:
        fail("no mkdocs.yml found here or in a parent folder: create an index with `papershelf init DIR`")
    return config
