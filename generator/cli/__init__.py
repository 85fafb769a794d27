"""The command line. Each verb is a module of the same name, which is loaded when the verb is called."""

from __future__ import annotations

import importlib
import sys

import click

from generator import __version__
from generator.cli.exit_codes import CRASH, INTERRUPTED, fail

VERBS = {
    "init": ("init.init", "Create a new index that works at once."),
    "add": ("add.add", "Add papers by arXiv number, DOI or URL."),
    "import": ("import_papers.import_papers", "Import papers from files or lists."),
    "sync": ("sync.sync", "Read all sources again and report what changed."),
    "export": ("export.export", "Export the shelf, or a part of it, in another format."),
    "enrich": ("enrich.enrich", "Look up papers at arXiv, OpenAlex and Crossref."),
    "rename": ("rename.rename", "Change the id of a record."),
    "merge": ("merge.merge", "Merge two records of the same paper."),
    "remove": ("remove.remove", "Remove a paper from every list."),
    "upgrade": ("upgrade.upgrade", "Convert the shelf to the current record format."),
    "check": ("check.check", "Report every error in the shelf."),
    "changes": ("changes.changes", "Compare the shelf with a Git revision."),
    "stats": ("stats.stats", "Report statistics about the papers."),
    "topics": ("topics.topics", "Report how well the topics cover the shelf."),
    "map": ("map.place_papers", "Compute the papers' positions on the map."),
    "embed": ("embed.embed", "Compute vectors of the papers' texts with a sentence model."),
    "generate": ("generate.generate", "Write the Markdown tree for another engine."),
    "build": ("build.build", "Build the site."),
    "serve": ("serve.serve", "Preview the site and rebuild it after each edit."),
    "snapshot": ("snapshot.snapshot", "Archive the built site and its exports."),
    "propose": ("propose.propose", "Open a pull request with the changes."),
    "tell": ("tell.tell", "Post a report to an issue."),
}
"""The verbs in the order of the help text, each with its module and its description there."""


class Verbs(click.Group):
    """A group of commands that loads each verb when it is called. Ctrl-C ends a verb with the shell's usual exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's)
        """Return the names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's)
        """Load and return a verb; None if there is no verb of this name."""
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
    help="Build a searchable website from a curated list of papers.",
)
@click.version_option(__version__, prog_name="papershelf")
def main() -> None:
    """Do nothing; each verb is a command of its own."""


def run() -> None:
    """Run the command. A bug in the command ends with another exit code than findings do."""
    try:
        main(prog_name="papershelf")
    except Exception as fault:  # noqa: BLE001 (whatever it is, it was not foreseen)
        from generator.extensions import ExtensionError  # noqa: PLC0415 (nearly never needed)

        if isinstance(fault, ExtensionError):
            fail(str(fault))
        import traceback  # noqa: PLC0415 (nearly never needed)

        traceback.print_exc()
        sys.exit(CRASH)
