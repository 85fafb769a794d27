"""Shared by the verbs that import papers: opening the shelf, planning, writing the files, and the report."""

from __future__ import annotations

import gc
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import click
from msgspec import Struct

from generator.cli.examples import NO_TOPICS, find_examples, leave_examples
from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.import_topics import render_topics
from generator.cli.shared import echo_json, echo_problems, exit_code, hold_shelf, problem_values
from generator.importing import Import, Input, plan_import
from generator.model import Shelf, Taxonomy, Topic
from generator.problems import Problem, amount, errors_of, in_order
from generator.records.read import load_shelf
from generator.records.write import Layout, write_shelf
from generator.storage.yaml_edit import FormError
from generator.topics.from_groups import add_topics, render_new_topics
from generator.topics.taxonomy import FILE, load_taxonomy
from generator.user_folders import find_state


class OpenShelf(Struct, frozen=True, kw_only=True):
    """A shelf that is locked until the command ends."""

    folder: Path
    state: Path | None
    shelf: Shelf
    taxonomy: Taxonomy
    examples: Collection[str] = ()
    """The example files of a new index; `shelf` and `taxonomy` do not include their content."""

    def take_in(  # noqa: PLR0913 (what comes in, how it is written, and how it is reported)
        self,
        given: Input,
        found: Iterable[Problem],
        *,
        abstracts: bool = True,
        layout: Layout | None = None,
        name: str,
        form: str = "text",
        dry_run: bool = False,
    ) -> NoReturn:
        """Write the result of an import, report it with the problems found earlier, and exit."""
        plan = plan_import(self.shelf, self.taxonomy, given, abstracts=abstracts)
        problems = in_order([*found, *plan.problems])
        written: tuple[str, ...] = ()
        try:
            if not dry_run:
                also = self._replace_examples([topic for made in plan.topics for topic in made.topics], plan)
                files = write_shelf(
                    self.folder, self.shelf, plan.papers, self.state, layout=layout, source=name, also=also
                )
                written = (*files, *also)
        except OSError as fault:
            fail(f"cannot write {fault.filename}: {fault.strerror}", FINDINGS)
        except FormError as fault:
            fail(f"{fault}; nothing was imported", FINDINGS)
        if plan.topics and form == "text":
            click.echo("\n".join(render_topics(plan, self.taxonomy)))
        _show(plan, self.shelf, problems, written, form=form, dry_run=dry_run)
        sys.exit(exit_code(problems))

    def _replace_examples(self, topics: Sequence[Topic], plan: Import) -> Mapping[str, str | None]:
        """Return changes to other files: `topics.yml` with new topics and, if papers were imported, the deletion of the examples."""
        if not plan.report.added or not self.examples:
            return render_new_topics(self.folder, topics)
        files: dict[str, str | None] = dict.fromkeys(self.examples)
        if FILE in files:
            return files | {FILE: add_topics(NO_TOPICS.decode(), topics)}
        return files | render_new_topics(self.folder, topics)


def open_shelf(folder: Path) -> OpenShelf:
    """Lock the shelf and return it with its topics; stops if it has errors or another process has locked it."""
    gc.disable()  # nothing of an import is thrown away before its end
    hold_shelf(folder)
    state = find_state(folder)
    shelf, shelf_problems = load_shelf(folder, state=state)
    taxonomy, topic_problems = load_taxonomy(folder)
    if blocking := errors_of([*shelf_problems, *topic_problems]):
        echo_problems(blocking)
        fail("the shelf has errors (listed above); nothing was imported", FINDINGS)
    examples = find_examples(folder, shelf)
    shelf, taxonomy = leave_examples(shelf, taxonomy, examples)
    return OpenShelf(folder=folder, state=state, shelf=shelf, taxonomy=taxonomy, examples=examples)


def _show(  # noqa: PLR0913 (the report is about all of them)
    plan: Import,
    shelf: Shelf,
    problems: tuple[Problem, ...],
    written: tuple[str, ...],
    *,
    form: str,
    dry_run: bool,
) -> None:
    merges = [m for m in plan.report.merges if not m.known]
    known = len(plan.report.merges) - len(merges)
    refused = plan.batch.entries - len(plan.report.added) - len(plan.report.merges)
    changed = [
        key for key, paper in plan.papers.items() if key in shelf.papers and paper != shelf.papers[key]
    ]
    counts = {
        "entries": plan.batch.entries,
        "new": len(plan.report.added),
        "merged": len(merges),
        "known": known,
        "refused": refused,
    }
    if form == "json":
        merge_values = [
            {"file": m.place.file, "line": m.place.line, "title": m.title, "into": m.into, "why": m.why}
            for m in merges
        ]
        values = {
            **counts, "added": plan.report.added, "merges": merge_values, "changed": changed,
            "problems": problem_values(problems), "written": written,
        }  # fmt: skip
        echo_json(values)
        return
    for merge in merges:
        click.echo(f"{merge.place}: merged into {merge.into} ({merge.why})")
    echo_problems(problems)
    parts = [f"{amount(counts['new'], 'new record')}", f"{amount(counts['merged'], 'merge')}"]
    parts += [f"{known} already there"] if known else []
    parts += [f"{refused} refused"] if refused else []
    click.echo(f"{amount(counts['entries'], 'entry', 'entries')} = {' + '.join(parts)}")
    click.echo(
        f"{amount(len(changed), 'record')} changed, {len(plan.papers)} on the shelf"
        + (" (dry run: nothing written)" if dry_run else "")
    )
