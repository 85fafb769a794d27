"""Shared by the verbs that query services: their options, the client, and the lookup of papers by name."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from generator import __version__
from generator.cli.exit_codes import NETWORK, fail
from generator.cli.shared import OFFLINE, echo_problems, find_day
from generator.cli.take_in import OpenShelf
from generator.formats.issue_form.read import complete_form, find_identifier, refuse_untitled
from generator.formats.names import Name, PaperNames
from generator.formats.values import Batch
from generator.identifiers import list_work_identifiers
from generator.model import Draft, Paper
from generator.network.client import Client, is_allowed
from generator.network.describe import Described, Describer
from generator.network.services import Service, list_describing
from generator.problems import Problem, in_order, note
from generator.records.deduplicate import Merge
from generator.storage.state import find_own
from generator.user_folders import find_cache

_MAIL = re.compile(r"[!-~]+@[!-~]+", re.ASCII)


def check_mailto(mailto: str) -> None:
    """Stop if `--mailto` is not an e-mail address."""
    if mailto and not _MAIL.fullmatch(mailto):
        fail(f"--mailto {mailto}: write an e-mail address such as name@example.org")


def move_services(services: Sequence[Service], bases: Sequence[str]) -> list[Service]:
    """Return the services with the base URLs that `--base` sets."""
    given: dict[str, str] = {}
    known = {service.name for service in list_describing()}
    for base in bases:
        name, _, url = base.partition("=")
        if name not in known or not is_allowed(url, here=True):
            fail(f"--base {base}: write SERVICE=URL; the URL must use https, or http on this machine")
        given[name] = url.rstrip("/")
    return [replace(service, base=given.get(service.name, service.base)) for service in services]


def open_client(folder: Path, mailto: str) -> Client:
    """Return a client that identifies itself and caches answers for this shelf."""
    agent = f"papershelf/{__version__}" + (f" (mailto:{mailto})" if mailto else "")
    return Client(agent=agent, cache=find_own(find_cache(folder), folder, "answers"))


def show_progress(text: str) -> None:
    """Show the current request, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r{text:<40}\r", nl=False, err=True)


class LookupResult(Struct, frozen=True, kw_only=True):
    """The result of a lookup: drafts of new papers, and the records of papers that are already on the shelf."""

    batch: Batch
    known: tuple[Merge, ...]


class NameLookUp:
    """The lookup of papers by name: first on the shelf, then at the services."""

    def __init__(
        self, shelf: OpenShelf, *, mailto: str = "", bases: Sequence[str] = (), offline: bool = False
    ) -> None:
        """Create the lookup without sending a request; with `offline`, no request is ever sent."""
        check_mailto(mailto)
        self._papers = shelf.shelf.papers
        self._owner = {
            name: key for key, paper in self._papers.items() for name in list_work_identifiers(paper.links)
        }
        self._client = open_client(shelf.folder, mailto)
        services = () if offline else list_describing()
        self._describer = Describer(self._client, move_services(services, bases), find_day())
        self._is_offline = offline

    def find_record(self, name: Name) -> Paper | None:
        """Return the record that already has this identifier, or None."""
        names = list_work_identifiers({name.kind: (name.value,)})
        return next((self._papers[self._owner[one]] for one in names if one in self._owner), None)

    def describe(self, names: Sequence[Name]) -> Described:
        """Return what the services know about papers; stops with exit code 3 if no service could be reached."""
        described = self._describer.describe(names, show_progress)
        if names and not described.drafts and not self._client.has_connected and not self._is_offline:
            echo_problems(in_order(described.problems))
            fail(f"no service could be reached: {OFFLINE}. Nothing was changed", NETWORK)
        return described

    def find(self, named: PaperNames) -> LookupResult:
        """Return drafts of the papers that are not on the shelf, and the records of the others."""
        records = {name: record for name in named.names if (record := self.find_record(name))}
        asked = [name for name in named.names if name not in records]
        described = self.describe(asked)
        drafts = [described.drafts[name] for name in asked if name in described.drafts]
        notes = [_tell_known(name, record) for name, record in records.items()]
        batch = Batch(
            drafts=tuple(drafts),
            entries=named.entries,
            problems=(*named.problems, *notes, *described.problems),
        )
        merges = [_merge(name, records[name]) for name in named.names if name in records]
        return LookupResult(batch=batch, known=tuple(merges))

    def complete(self, forms: Batch) -> Batch:
        """Return forms as drafts with titles; a missing title comes from the paper's record or from the services."""
        named = [None if form.paper.title else find_identifier(form) for form in forms.drafts]
        records = {name: record for name in named if name and (record := self.find_record(name))}
        described = self.describe([name for name in named if name and name not in records])
        drafts: list[Draft] = []
        problems = [*forms.problems, *described.problems]
        for form, name in zip(forms.drafts, named, strict=True):
            if form.paper.title:
                drafts.append(form)
            elif name is None:
                problems.append(refuse_untitled(form))
            elif record := records.get(name):
                drafts.append(replace(form, paper=replace(form.paper, title=record.title)))
            elif found := described.drafts.get(name):
                draft, more = complete_form(form, found.paper)
                drafts.append(draft)
                problems += more
        return replace(forms, drafts=tuple(drafts), problems=tuple(problems))


def _tell_known(name: Name, record: Paper) -> Problem:
    status = "" if record.status == "active" else f", with the status {record.status}"
    return note("known-paper", f"{name.value} is already on the shelf: {record.id}{status}", name.place)


def _merge(name: Name, record: Paper) -> Merge:
    why = f"it has the identifier {name.value}"
    return Merge(place=name.place, title=record.title, into=record.id, why=why, known=True)
