"""`papershelf enrich`: look papers up on the network, write proposals, and apply the accepted ones."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.ask_services import (
    check_mailto,
    move_services,
    open_client,
    show_progress,
)
from generator.cli.exit_codes import FINDINGS, INTERRUPTED, NETWORK, fail
from generator.cli.shared import (
    OFFLINE,
    content_option,
    echo_problems,
    exit_code,
    find_content,
    hold_shelf,
    service_options,
)
from generator.model import Shelf
from generator.network.accept import accept_proposals
from generator.network.lookup import Lookup
from generator.network.proposals import FILE, Proposal, add_proposals, load_proposals, render_proposals
from generator.network.services import SERVICES, Service
from generator.problems import amount, errors_of, in_order
from generator.records.read import load_shelf
from generator.records.write import write_file, write_shelf
from generator.storage.locks import BusyError
from generator.storage.transaction import write_files
from generator.storage.yaml_edit import FormError
from generator.user_folders import find_state


@click.command(
    help="Look up papers at arXiv, OpenAlex and Crossref.\n\n"
    "Facts that are missing from the shelf are written to a file as proposals. Set `accept: true` on those you accept and run the command again with --accept."
)
@content_option
@click.option("--ids", default="", metavar="ID,ID", help="Look up only these papers.")
@click.option(
    "--source", "names", multiple=True, type=click.Choice(list(SERVICES)), help="Ask only these services."
)
@service_options
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of proposals (default: enrich.yml in the shelf's folder).",
)
@click.option(
    "--accept", is_flag=True, help="Write the accepted proposals into the records. Uses no network."
)
def enrich(  # noqa: PLR0913 (one parameter an option)
    *, content: Path | None, ids: str, names: tuple[str, ...], mailto: str, output: Path | None, accept: bool,
    bases: tuple[str, ...],
) -> None:  # fmt: skip
    check_mailto(mailto)
    if accept and mailto:
        fail("--accept sends no requests, so --mailto has no effect: leave it out")
    folder = find_content(content)
    file = output or folder / FILE
    if accept:
        hold_shelf(folder)
    services = move_services([SERVICES[name] for name in SERVICES if not names or name in names], bases)
    shelf, problems = load_shelf(folder, state=find_state(folder))
    proposals, faults = load_proposals(file)
    if errors := errors_of([*problems, *faults]):
        echo_problems(in_order(errors))
        fail("the shelf or the file of proposals has errors (listed above); nothing was changed", FINDINGS)
    keys = list(dict.fromkeys(filter(None, (key.strip() for key in ids.split(","))))) or list(shelf.papers)
    if missing := [key for key in keys if key not in shelf.papers]:
        fail(f"no paper with the id {missing[0]!r} on the shelf")
    try:
        if accept:
            chosen = [
                p
                for p in proposals
                if (not ids or p.paper in keys) and (not names or p.source.partition(" ")[0] in names)
            ]
            _accept(folder, shelf, chosen, proposals, file)
            return
        _look_up(folder, shelf, keys, services, mailto, proposals, file)
    except OSError as fault:
        fail(f"cannot write {fault.filename}: {fault.strerror}", FINDINGS)
    except (BusyError, FormError) as fault:
        fail(f"{fault}; nothing was changed", FINDINGS)


def _look_up(  # noqa: PLR0913, PLR0917 (what is asked, of whom, and where the answer goes)
    folder: Path, shelf: Shelf, keys: list[str], services: list[Service], mailto: str,
    known: tuple[Proposal, ...], file: Path,
) -> None:  # fmt: skip
    findings = Lookup(shelf.papers, open_client(folder, mailto)).run(keys, services, show_progress)
    if findings.failures and not findings.answers and not findings.interrupted:
        fail(f"no service could be reached: {OFFLINE}. Nothing was changed", NETWORK)
    settled = [p for p in findings.proposals if p.field == "status" and p.paper in shelf.settled]
    proposals = add_proposals(known, [p for p in findings.proposals if p not in settled])
    if proposals != known:
        _write_proposals(folder, file, render_proposals(file, proposals))
    echo_problems(in_order(findings.problems))
    for proposal in proposals:
        if proposal.field == "status":
            click.echo(
                f"{proposal.paper} was withdrawn, according to {proposal.source} {proposal.url}".rstrip()
            )
    for proposal in settled:
        click.echo(
            f"{proposal.source} reports that {proposal.paper} was withdrawn; its record keeps its status"
        )
    new = proposals[len(known) :]
    click.echo(
        f"{amount(len(new), 'new proposal')} for {len({p.paper for p in new})} of {amount(len(keys), 'paper')} in {file}"
    )
    if findings.interrupted:
        fail("interrupted: run the command again to continue", INTERRUPTED)
    sys.exit(NETWORK if findings.failures else exit_code(findings.problems))


def _accept(
    folder: Path, shelf: Shelf, chosen: list[Proposal], proposals: tuple[Proposal, ...], file: Path
) -> None:
    accepted = [p for p in chosen if p.accept]
    papers, problems = accept_proposals(shelf, accepted, file=file.name)
    if problems:
        echo_problems(in_order(problems))
        fail("the accepted proposals have errors (listed above); nothing was written", FINDINGS)
    if not accepted:
        click.echo(f"no proposal in {file} has `accept: true`")
        return
    changed = [key for key, paper in papers.items() if paper != shelf.papers[key]]
    rest = [p for p in proposals if p not in accepted]
    text = render_proposals(file, rest)
    name = _name_inside(folder, file)
    write_shelf(folder, shelf, papers, find_state(folder), also={name: text} if name else {})
    if not name:  # after the records: when this is cut short, accepting again changes nothing in them
        _write_proposals(folder, file, text)
    click.echo(
        f"{amount(len(accepted), 'proposal')} accepted, {amount(len(changed), 'record')} changed, {amount(len(rest), 'proposal remains', 'proposals remain')}"
    )


def _write_proposals(folder: Path, file: Path, text: str | None) -> None:
    """Write the file of proposals, or delete it if no proposal remains."""
    if name := _name_inside(folder, file):
        write_files(folder, {name: text}, find_state(folder))
    elif text is None:
        file.unlink(missing_ok=True)
    else:
        write_file(file, text)


def _name_inside(folder: Path, file: Path) -> str:
    """Return the path of a file relative to the shelf's folder; empty if it is outside."""
    inside = file.resolve().is_relative_to(folder.resolve())
    return file.resolve().relative_to(folder.resolve()).as_posix() if inside else ""
