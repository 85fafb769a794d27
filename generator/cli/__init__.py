"""The command line. Each verb is one module with its name, which is loaded when the verb is called."""

from __future__ import annotations

import importlib
import sys

import click

from generator import __version__
from generator.cli.exit_codes import CRASH, INTERRUPTED, fail

VERBS = {
    "init": ("init.init", "Start a new index that works."),
    "add": ("add.add", "Add papers by arXiv number, DOI or address."),
    "import": ("import_papers.import_papers", "Read papers from files or lists into the shelf."),
    "sync": ("sync.sync", "Read all sources again."),
    "export": ("export.export", "Write the shelf, or a part of it, in another format."),
    "enrich": ("enrich.enrich", "Look papers up at arXiv, OpenAlex and Crossref."),
    "rename": ("rename.rename", "Give a record another id."),
    "merge": ("merge.merge", "Join two records of one paper."),
    "remove": ("remove.remove", "Take a paper out of every list."),
    "upgrade": ("upgrade.upgrade", "Move the shelf to the current record format."),
    "check": ("check.check", "Report every error of the shelf."),
    "changes": ("changes.changes", "Compare the shelf with one of its Git revisions."),
    "stats": ("stats.stats", "Report statistics of the papers."),
    "topics": ("topics.topics", "Report how the topics cover the shelf."),
    "map": ("map.place_papers", "Place the papers on the map."),
    "generate": ("generate.generate", "Write the Markdown tree for another engine."),
    "build": ("build.build", "Build the site."),
    "serve": ("serve.serve", "Preview the site and rebuild it after every edit."),
    "snapshot": ("snapshot.snapshot", "Archive the built site with its exports."),
    "propose": ("propose.propose", "Open a pull request with the changes."),
    "tell": ("tell.tell", "Put a report into an issue."),
}
"""The verbs, in the order in which people meet them: where each is, and what the list of verbs says of it."""


class Verbs(click.Group):
    """The verbs, none of which is loaded before it is called; Ctrl-C ends one with the exit code that the shell has for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's)
        """Return the names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's)
        """Return a verb, loaded, or None where there is none of this name."""
        if cmd_name not in VERBS:
            return None
        module, _, function = VERBS[cmd_name][0].partition(".")
        command: click.Command = getattr(importlib.import_module(f"generator.cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's)
        """Write the list of verbs without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in VERBS.items()])

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


def run() -> None:
    """Run the command; an error of its own ends with another code than findings do."""
    try:
        main(prog_name="papershelf")
    except Exception as fault:  # noqa: BLE001 (whatever it is, it was not foreseen)
        from generator.extensions import ExtensionError  # noqa: PLC0415 (nearly never needed)

        if isinstance(fault, ExtensionError):
            fail(str(fault))
        import traceback  # noqa: PLC0415 (nearly never needed)

        traceback.print_exc()
        sys.exit(CRASH)
