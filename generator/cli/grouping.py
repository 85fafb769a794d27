"""The options by which groups of papers become topics: `--topics`, `--topic` and `--no-topic`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from generator.cli.exit_codes import fail
from generator.topics.from_groups import Grouping

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def grouping_options(function: Decorated) -> Decorated:
    """Add `--topics GROUP`, `--no-topic NAME` and `--topic NAME`."""
    topics = click.option(
        "--topics",
        "group",
        default="",
        metavar="GROUP",
        help="Make topics from the papers' `sections`, `keywords`, `tags`, `categories`, `collections`, `tracks` or from a column. New topics are added to topics.yml, and records are put under their topics.",
    )
    never = click.option(
        "--no-topic",
        "never",
        multiple=True,
        metavar="NAME",
        help="With --topics: do not make a topic of this heading or value.",
    )
    always = click.option(
        "--topic",
        "always",
        multiple=True,
        metavar="NAME",
        help="With --topics: make a topic of this heading even if it looks like a date, a venue or a generic word.",
    )
    return topics(never(always(function)))


def read_grouping(group: str, never: tuple[str, ...], always: tuple[str, ...]) -> Grouping | None:
    """Return which groups become topics; stops if values are given without --topics."""
    if not group and (never or always):
        fail("--topic and --no-topic need --topics GROUP")
    names = (frozenset(name.casefold() for name in chosen) for chosen in (never, always))
    return Grouping(name=group, never=next(names), always=next(names)) if group else None
