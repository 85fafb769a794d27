"""`papershelf import`: read files into the shelf, and report what became of every entry."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.import_sources import AUTO, SOURCES, load_sources
from generator.cli.import_topics import render_topics
from generator.cli.shared import (
    content_option,
    echo_json,
    echo_problems,
    exit_code,
    find_content,
    format_option,
    hold_shelf,
    problem_values,
)
from generator.formats.files import load_files, sort_files
from generator.formats.registry import FORMATS, TextFile
from generator.importing import Import, Input, plan_import
from generator.model import Shelf
from generator.problems import Problem, errors_of, in_order
from generator.records.check import is_date
from generator.records.ids import build_slug
from generator.records.read import load_shelf
from generator.records.write import Layout, write_shelf
from generator.storage.text_file import load_exact
from generator.storage.yaml_edit import FormError
from generator.topics.from_groups import Grouping, add_topics
from generator.topics.taxonomy import FILE, load_taxonomy
from generator.user_folders import find_state

_DAY = 10


@click.command(
    "import",
    help="Read papers from files into the shelf, merging with what is there.\n\n"
    "FORMAT is the format of the files. `auto` detects it for each file. `sources` reads lists with one format and one URL or file on each line; only this one uses the network. Every entry becomes a new record, a merge into an existing record, or a problem.",
)
@click.argument("source", metavar="FORMAT", type=click.Choice([*FORMATS, AUTO, SOURCES]))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@content_option
@format_option
@click.option("--captured", default="", metavar="DATE", help="Date of the newest page, YYYY-MM-DD.")
@click.option(
    "--no-abstracts", "abstracts", flag_value=False, default=True, help="Do not keep abstracts, only topics."
)
@click.option(
    "--as",
    "layout",
    type=click.Choice(["yaml", "jsonl"]),
    help="Write one YAML file for each record, or JSON Lines.",
)
@click.option(
    "--map", "columns", multiple=True, metavar="HEADER=FIELD", help="Map a column of a CSV table to a field."
)
@click.option(
    "--topics",
    "group",
    default="",
    metavar="GROUP",
    help="Make topics of the papers' `sections`, `keywords`, `tags`, `categories`, `collections`, `tracks`, or of a column: those that are missing are added to topics.yml, and the records name them.",
)
@click.option(
    "--no-topic",
    "never",
    multiple=True,
    metavar="NAME",
    help="With --topics: make no topic of this heading or value.",
)
@click.option(
    "--topic",
    "always",
    multiple=True,
    metavar="NAME",
    help="With --topics: make one of it, though it looks like a date, a venue or a word for the list.",
)
@click.option(
    "--keep-both",
    is_flag=True,
    help="Keep an entry with the title of another paper as a paper of its own, where it is unclear.",
)
@click.option("--dry-run", is_flag=True, help="Report what would change, and write nothing.")
def import_papers(  # noqa: PLR0913 (one parameter an option)
    *, source: str, files: tuple[Path, ...], content: Path | None, form: str, captured: str, abstracts: bool,
    layout: Layout | None, columns: tuple[str, ...], group: str, never: tuple[str, ...], always: tuple[str, ...], keep_both: bool, dry_run: bool,
) -> None:  # fmt: skip
    if captured and not (is_date(captured) and len(captured) == _DAY):
        fail(f"--captured {captured}: write a day as YYYY-MM-DD")
    gc.disable()  # nothing of an import is thrown away before its end
    folder = find_content(content, must_exist=False)
    hold_shelf(folder)
    texts, unread = load_files(files)
    state = find_state(folder)
    shelf, shelf_problems = load_shelf(folder, state=state)
    taxonomy, topic_problems = load_taxonomy(folder)
    if blocking := errors_of([*shelf_problems, *topic_problems]):
        echo_problems(blocking)
        fail("the shelf has errors: nothing was imported", FINDINGS)
    if errors_of(unread) and not texts:
        echo_problems(unread)
        sys.exit(FINDINGS)
    sorted_files, unknown = _sort_files(texts, source, files)
    if columns and not any(FORMATS[name].has_columns for name in sorted_files):
        fail("--map applies to tables, and none of the files is a table")
    if (
        captured
        and sorted_files
        and source != SOURCES
        and not any(FORMATS[name].has_day for name in sorted_files)
    ):
        fail("--captured applies to saved pages and API answers, and none of the files is one: leave it out")
    grouping = _read_grouping(group, never, always)
    given = Input(
        files=sorted_files,
        captured=captured,
        columns=_read_columns(columns),
        grouping=grouping,
        keep_both=keep_both,
    )
    plan = plan_import(shelf, taxonomy, given, abstracts=abstracts)
    problems = in_order([*unread, *unknown, *plan.problems])
    name = (build_slug(Path(texts[0].name).stem) if len(texts) == 1 else "") or source
    try:
        also = _write_topics(folder, plan)
        written = (
            ()
            if dry_run
            else write_shelf(folder, shelf, plan.papers, state, layout=layout, source=name, also=also)
        )
    except OSError as fault:
        fail(f"cannot write {fault.filename}: {fault.strerror}", FINDINGS)
    except FormError as fault:
        fail(f"{fault}; nothing was imported", FINDINGS)
    if plan.topics and form == "text":
        click.echo("\n".join(render_topics(plan, taxonomy, group)))
    _show(plan, shelf, problems, (*written, *also), form=form, dry_run=dry_run)
    sys.exit(exit_code(problems))


def _sort_files(
    texts: list[TextFile], source: str, paths: Sequence[Path]
) -> tuple[dict[str, list[TextFile]], list[Problem]]:
    """Return the texts by their format, and a problem for each that `auto` cannot tell or that a list names in vain."""
    if source == SOURCES:
        return load_sources(paths)
    if source != AUTO:
        return {source: texts}, []
    return sort_files(texts)


def _read_grouping(group: str, never: tuple[str, ...], always: tuple[str, ...]) -> Grouping | None:
    """Return which groups become topics; stops where values are named without a grouping."""
    if not group and (never or always):
        fail("--topic and --no-topic apply to --topics GROUP")
    names = (frozenset(name.casefold() for name in chosen) for chosen in (never, always))
    return Grouping(name=group, never=next(names), always=next(names)) if group else None


def _write_topics(content: Path, plan: Import) -> dict[str, str | None]:
    """Return the new text of the file of topics, where there are new ones."""
    if not plan.topics or not plan.topics.topics:
        return {}
    path = content / FILE
    return {FILE: add_topics(load_exact(path) if path.exists() else "", plan.topics.topics)}


def _read_columns(columns: tuple[str, ...]) -> dict[str, str]:
    """Return what `--map` says, as field by header."""
    found = {}
    for column in columns:
        header, sign, field = column.partition("=")
        if not sign or not header.strip() or not field.strip():
            fail(f"--map {column}: write HEADER=FIELD, such as --map Paper=title")
        found[header.strip()] = field.strip()
    return found


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
    parts = [f"{counts['new']} new records", f"{counts['merged']} merges"]
    parts += [f"{known} already there"] if known else []
    parts += [f"{refused} refused"] if refused else []
    click.echo(f"{counts['entries']} entries = {' + '.join(parts)}")
    click.echo(
        f"{len(changed)} records changed, {len(plan.papers)} on the shelf"
        + (" (dry run: nothing written)" if dry_run else "")
    )
