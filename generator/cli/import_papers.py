"""`papershelf import`: import files into the shelf and report the result for each entry."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.grouping import grouping_options, read_grouping
from generator.cli.shared import (
    AUTO,
    check_day,
    content_option,
    echo_problems,
    find_content,
    find_day,
    format_option,
    service_options,
)
from generator.cli.take_in import open_shelf
from generator.formats.files import load_files, sort_files
from generator.formats.names import read_lists
from generator.formats.registry import FORMATS, TextFile
from generator.importing import NOTHING, Input
from generator.problems import Place, error, errors_of
from generator.records.deduplicate import Merge
from generator.records.gone import GoneRule
from generator.records.ids import build_slug
from generator.records.write import Layout
from generator.storage.text_file import show_file_name

IDS, SOURCES = "ids", "sources"


def _list_formats() -> str:
    """Return the paragraph of the help text that lists every format with an example."""
    rows = [
        (AUTO, "papers.bib", "any of these, detected for each file"),
        *((form.name, form.example, form.description.replace("`", "")) for form in FORMATS.values()),
        (SOURCES, "sources.txt", "lists of files and URLs, one on each line"),
        (IDS, "ids.txt", "lists of papers, one identifier on each line"),
    ]
    width = max(len(f"{name} {file}") for name, file, _ in rows) + 2
    lines = (f"  {name} {file}".ljust(width + 2) + text for name, file, text in rows)
    return "\b\nFormats, each with an example of a file:\n" + "\n".join(lines)


@click.command(
    "import",
    epilog=_list_formats()
    + "\n\nExamples: papershelf import scopus.csv, papershelf import readme README.md --topics sections",
    help="Import papers from files into the shelf and merge them with existing records.\n\n"
    "FORMAT is the format of the files. Without it, or with `auto`, it is detected for each file. `sources` reads lists with a format and a URL or file on each line. `ids` reads lists with one paper on each line, written as for `papershelf add`. Only these two use the network. Each entry becomes a new record, is merged into an existing record, or is reported as a problem.",
)
@click.argument("words", metavar="[FORMAT] FILE...", nargs=-1, required=True, type=click.Path())
@content_option
@format_option
@click.option("--captured", default="", metavar="DATE", help="Date of the newest page, YYYY-MM-DD.")
@click.option(
    "--no-abstracts",
    "abstracts",
    flag_value=False,
    default=True,
    help="Use abstracts to assign topics, but do not store them.",
)
@click.option(
    "--as",
    "layout",
    type=click.Choice(["yaml", "jsonl"]),
    help="Write one YAML file for each record, or JSON Lines files.",
)
@click.option(
    "--map", "columns", multiple=True, metavar="HEADER=FIELD", help="Map a column of a CSV table to a field."
)
@grouping_options
@click.option(
    "--gone",
    type=click.Choice(get_args(GoneRule)),
    help="The files are complete sources: report records whose entries have disappeared, mark them, or remove those that no other source has.",
)
@click.option(
    "--keep-both",
    is_flag=True,
    help="If an entry has the same title as another paper and it is unclear whether they are the same, keep both.",
)
@service_options
@click.option("--dry-run", is_flag=True, help="Report what would change without writing anything.")
def import_papers(  # noqa: PLR0913 (one parameter an option)
    *, words: tuple[str, ...], content: Path | None, form: str, captured: str, abstracts: bool,
    layout: Layout | None, columns: tuple[str, ...], group: str, never: tuple[str, ...], always: tuple[str, ...],
    gone: GoneRule | None, keep_both: bool, mailto: str, bases: tuple[str, ...], dry_run: bool,
) -> None:  # fmt: skip
    source, files = _find_format(words)
    check_day(captured)
    if source == IDS and (captured or columns or gone):
        fail("--captured, --map and --gone do not apply to a list of identifiers: leave them out")
    if mailto and source != IDS:
        fail(f"--mailto applies to {IDS}")
    shelf = open_shelf(find_content(content, must_exist=False))
    texts, unread = load_files(files)
    if errors_of(unread) and not texts:
        echo_problems(unread)
        sys.exit(FINDINGS)
    found, known = NOTHING, tuple[Merge, ...]()
    if source == IDS:
        from generator.cli.ask_services import NameLookUp  # noqa: PLC0415 (the network is slow to load)

        sorted_files, unknown, groupings = {}, [], {}
        named = NameLookUp(shelf, mailto=mailto, bases=bases).find(read_lists(texts))
        found, known = named.batch, named.known
    elif source == SOURCES:
        from generator.cli.import_sources import load_sources  # noqa: PLC0415 (as above)

        listed = load_sources(files)
        sorted_files, unknown, groupings = listed.texts, listed.problems, listed.groupings
        if not sorted_files and not unknown:
            unknown = [
                error("no-entries", "the list names no source", Place(file=show_file_name(files[0].name)))
            ]
    else:
        sorted_files, unknown = sort_files(texts) if source == AUTO else ({source: texts}, [])
        groupings = {}
    _check_options(source, sorted_files, columns, captured)
    if grouping := read_grouping(group, never, always):
        groupings = {"": grouping}
    given = Input(
        files=sorted_files,
        found=found,
        known=known,
        captured=captured,
        columns=_read_columns(columns),
        day=find_day(),
        groupings=groupings,
        gone=gone,
        keep_both=keep_both,
    )
    name = (build_slug(Path(texts[0].name).stem) if len(texts) == 1 else "") or source
    shelf.take_in(
        given, [*unread, *unknown], abstracts=abstracts, layout=layout, name=name, form=form, dry_run=dry_run
    )


def _find_format(words: Sequence[str]) -> tuple[str, tuple[Path, ...]]:
    """Return the format that the first argument names, or `auto` if it is a file, and the files."""
    known = {*FORMATS, AUTO, SOURCES, IDS}
    files = tuple(map(Path, words[1:] if words[0] in known else words))
    if not files:
        fail(f"name the files to import after the format: papershelf import {words[0]} FILE")
    if words[0] not in known and not files[0].exists():
        fail(
            f"{show_file_name(words[0])} is neither a format nor a file; `papershelf import --help` lists the formats"
        )
    return words[0] if words[0] in known else AUTO, files


def _check_options(
    source: str, files: Mapping[str, Sequence[TextFile]], columns: tuple[str, ...], captured: str
) -> None:
    """Stop if an option applies to none of the files."""
    if columns and not any(FORMATS[name].has_columns for name in files):
        fail("--map applies to tables, and none of the files is a table: leave it out")
    if captured and files and source != SOURCES and not any(FORMATS[name].has_day for name in files):
        fail("--captured applies to saved pages and API answers, and none of the files is one: leave it out")


def _read_columns(columns: tuple[str, ...]) -> dict[str, str]:
    """Return the values of `--map` as `{header: field}`."""
    found = {}
    for column in columns:
        header, sign, field = column.partition("=")
        if not sign or not header.strip() or not field.strip():
            fail(f"--map {column}: write HEADER=FIELD, such as --map Paper=title")
        found[header.strip()] = field.strip()
    return found
