"""Shell B: the command line, one verb a function."""

from __future__ import annotations

import sys
import traceback

import click

from generator import __version__
from generator.cli.beginning import init
from generator.cli.changes import changes
from generator.cli.enriching import enrich
from generator.cli.exporting import export
from generator.cli.figures import stats
from generator.cli.importing import import_papers
from generator.cli.mapping import place_papers
from generator.cli.proposing import propose, tell
from generator.cli.records import merge, remove, rename
from generator.cli.reports import check, topics
from generator.cli.shared import INTERRUPTED, fail
from generator.cli.site import build, generate, serve
from generator.cli.snapshot import snapshot
from generator.cli.upgrade import upgrade

CRASH = 70
"""What a fault of the command itself ends with, as sysexits.h has it."""


class Verbs(click.Group):
    """The verbs; a person who ends one with Ctrl-C gets the exit code that the shell has for it."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            fail("interrupted", INTERRUPTED)


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="A searchable website from a curated shelf of papers.",
)
@click.version_option(__version__, prog_name="papershelf")
def main() -> None:
    """Do nothing alone: each verb is a command of its own."""


for command in (
    init,
    import_papers,
    export,
    enrich,
    rename,
    merge,
    remove,
    upgrade,
    check,
    changes,
    stats,
    topics,
    place_papers,
    generate,
    build,
    serve,
    snapshot,
    propose,
    tell,
):
    main.add_command(command)


def run() -> None:
    """Run the command; a fault of its own ends with another code than findings do."""
    try:
        main(prog_name="papershelf")
    except Exception:  # noqa: BLE001 (whatever it is, it was not foreseen)
        traceback.print_exc()
        sys.exit(CRASH)
