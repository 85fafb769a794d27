"""Looks up papers by identifier: queries the services that know it and turns their answers into drafts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.names import Name
from generator.formats.values import Batch, TextFile
from generator.identifiers import list_identities
from generator.model import Draft, LinkKind, Paper
from generator.network.client import Client
from generator.network.errors import NoAnswerError, RetryLaterError, UnreachableError
from generator.network.services import Service
from generator.problems import Problem, Severity, error, errors_of, warning
from generator.records.groups import gather_groups
from generator.text.titles import build_fingerprint

_TOGETHER = 50
"""Number of papers in one request, for services that can describe several."""
_PATIENCE = 3  # failures in a row after which a service is left alone
_AGAIN = "run the command again later"
Key = tuple[LinkKind, str]


class Described(Struct, frozen=True, kw_only=True):
    """The drafts of papers by name, and the problems; each name has a draft or an error."""

    drafts: Mapping[Name, Draft]
    problems: tuple[Problem, ...]


class Describer:
    """One run over several names; each paper is requested once, even if it is named repeatedly."""

    def __init__(self, client: Client, services: Sequence[Service], day: str) -> None:
        """Create the run without sending a request; `services` are queried in order, and `day` is the date of the answers."""
        self._client, self._services, self._day = client, services, day
        self._papers: dict[Key, Paper] = {}
        self._ignorant: dict[Key, list[str]] = {}
        """The services that do not know a paper, by paper."""
        self._silent: dict[Key, list[str]] = {}
        """The services that did not answer about a paper, by paper."""
        self._problems: list[Problem] = []
        """The problems of the current call."""

    def describe(self, names: Sequence[Name], show: Callable[[str], None] = lambda _: None) -> Described:
        """Return drafts for the named papers.

        A service is queried only for papers that the previous ones do not know or know without abstract. A draft has
        the requested identifier, the place of its name, and the name's remark under `extra`.

        Example: for `2401.00001` and `10.1000/x`, arXiv describes the first and Crossref the second.
        """
        self._problems = []
        keys = list(dict.fromkeys(name.key for name in names))
        for service in self._services:
            wanted = [key for key in keys if key not in self._papers or not self._papers[key].abstract]
            self._ask(service, wanted, show)
        drafts = {name: self._build(name) for name in names if name.key in self._papers}
        lost = [self._explain(name) for name in names if name not in drafts]
        return Described(drafts=drafts, problems=(*self._problems, *lost))

    def _build(self, name: Name) -> Draft:
        paper = self._papers[name.key]
        extra = {**paper.extra, "remark": name.remark} if name.remark else paper.extra
        return gather_groups(Draft(paper=replace(paper, added="", extra=extra), place=name.place))

    def _explain(self, name: Name) -> Problem:
        """Return the reason why no record can be written for a name."""
        if silent := self._silent.get(name.key):
            message = f"{name.value}: no answer from {_join(silent)}, so the title is unknown and no record was written"
            return error("no-answer", message, name.place, _AGAIN)
        if ignorant := self._ignorant.get(name.key):
            message = f"{name.value} is not known to {_join(ignorant)}, so no record was written"
            hint = "correct the identifier, or write a record with the title by hand"
            return error("not-found", message, name.place, hint)
        message = f"{name.value} was not looked up, so the title is unknown and no record was written"
        return error("no-answer", message, name.place, "run the command without --offline")

    def _ask(self, service: Service, keys: Iterable[Key], show: Callable[[str], None]) -> None:
        """Query a service for papers; stop if it cannot be reached or fails repeatedly."""
        questions = list(_list_questions(service, keys))
        failed = 0
        for number, (wanted, address) in enumerate(questions, start=1):
            show(f"{service.title}: {number} of {len(questions)}")
            try:
                self._fetch(service, wanted, address)
                failed = 0
            except NoAnswerError as fault:
                failed += 1
                what = wanted[0][1] if len(wanted) == 1 else f"{len(wanted)} papers"
                self._problems.append(warning("no-answer", f"{what}: {service.title} {fault}", hint=_AGAIN))
                self._note(self._silent, service, wanted)
                if isinstance(fault, UnreachableError) or failed == _PATIENCE:
                    for later, _ in questions[number:]:
                        self._note(self._silent, service, later)
                    return

    def _fetch(self, service: Service, wanted: Sequence[Key], address: str) -> None:
        """Collect the answer of a service about several papers; if it rejects the request, ask for them one by one."""
        try:
            text = self._client.fetch(service.base + address, pause=service.pause, here=True)
        except (RetryLaterError, UnreachableError):
            raise
        except NoAnswerError:
            if len(wanted) == 1:
                raise
            text = None
        batch = (
            service.read([TextFile(name=service.name, text=text)], self._day) if text is not None else None
        )
        left = self._take(service, wanted, batch) if batch else list(wanted)
        if left and len(wanted) > 1 and (batch is None or errors_of(batch.problems)):
            self._ask(replace(service, by_numbers=None), left, lambda _: None)
        elif batch and errors_of(batch.problems) and not batch.drafts:
            self._note(self._silent, service, left)
        else:
            self._note(self._ignorant, service, left)

    def _take(self, service: Service, wanted: Sequence[Key], batch: Batch) -> list[Key]:
        """Store the papers of an answer, and return the names that are missing from it."""
        if any(key not in self._papers for key in wanted):
            self._problems += (_soften(problem) for problem in batch.problems if problem.code != "no-entries")
        found = {name: draft.paper for draft in batch.drafts for name in list_identities(draft.paper.links)}
        left = []
        for key in wanted:
            kind, value = key
            names = list_identities({kind: (value,)})
            if paper := next((found[name] for name in names if name in found), None):
                self._papers[key] = _complete(self._papers.get(key), paper)
            else:
                left.append(key)
        if left == list(wanted) and len(wanted) == 1 and batch.drafts and wanted[0] not in self._papers:
            message = (
                f"for {wanted[0][1]}, {service.title} returned another paper: “{batch.drafts[0].paper.title}”"
            )
            self._problems.append(warning("source-error", message, hint="check the identifier"))
        return left

    def _note(self, where: dict[Key, list[str]], service: Service, keys: Iterable[Key]) -> None:
        for key in keys:
            where.setdefault(key, []).append(service.title)


def _list_questions(service: Service, keys: Iterable[Key]) -> Iterator[tuple[list[Key], str]]:
    """Yield the URLs for querying a service, each with its papers."""
    left = list(keys)
    if service.by_numbers:
        numbers = [key for key in left if key[0] == "arxiv"]
        left = [key for key in left if key[0] != "arxiv"]
        for start in range(0, len(numbers), _TOGETHER):
            part = numbers[start : start + _TOGETHER]
            yield part, service.by_numbers([value for _, value in part])
    for kind, value in left:
        for address in service.by_identifier(Paper(title="", links={kind: (value,)})):
            yield [(kind, value)], address


def _complete(known: Paper | None, paper: Paper) -> Paper:
    """Return the known facts of a paper, with the abstract from another service if the title is the same."""
    if known is None:
        return paper
    if not paper.abstract or build_fingerprint(known.title) != build_fingerprint(paper.title):
        return known
    return replace(known, abstract=paper.abstract, sources=(*known.sources, *paper.sources))


def _soften(problem: Problem) -> Problem:
    """Return a problem in an answer as a warning, because a lost name is reported separately."""
    softer = Severity.WARNING if problem.severity == Severity.ERROR else problem.severity
    return dataclasses.replace(problem, severity=softer)


def _join(names: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(names))
