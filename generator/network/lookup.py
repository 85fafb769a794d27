"""Looks up papers at every service, by identifier or otherwise by title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.formats.registry import TextFile
from generator.model import Draft, Paper
from generator.network.client import Client
from generator.network.errors import NoAnswerError, UnreachableError
from generator.network.proposals import LINKS, Proposal
from generator.network.propose import find_same, list_proposed_values
from generator.network.services import Service, list_query_words
from generator.problems import Problem, error, errors_of, warning
from generator.records.candidates import list_identifiers

_PATIENCE = 3  # failures in a row after which a service is left alone


class Findings(Struct, frozen=True, kw_only=True):
    """The proposals and problems of a run, and the numbers of answers and failed requests."""

    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...]
    answers: int
    failures: int
    interrupted: bool = False
    """Whether the user interrupted the run."""


class Lookup:
    """One run over papers of a shelf."""

    def __init__(self, papers: Mapping[str, Paper], client: Client) -> None:
        """Create a run; `papers` are all papers of the shelf, so that no identifier is proposed for two papers."""
        self._client, self._papers = client, papers
        self._owner = {name: key for key, paper in papers.items() for name in list_identifiers(paper)}
        self._problems: list[Problem] = []
        self._answers = self._failures = 0

    def run(
        self, keys: Sequence[str], services: Sequence[Service], show: Callable[[str], None] = lambda _: None
    ) -> Findings:
        """Return the services' facts about the papers. A service that cannot be reached is not queried again.

        If the user interrupts the run, the results so far are returned.
        """
        proposals: list[Proposal] = []
        interrupted = False
        try:
            for service in services:
                self._ask_all(keys, service, proposals, show)
        except KeyboardInterrupt:
            interrupted = True
        return Findings(
            proposals=tuple(proposals),
            problems=tuple(self._problems),
            answers=self._answers,
            failures=self._failures,
            interrupted=interrupted,
        )

    def _ask_all(
        self, keys: Sequence[str], service: Service, proposals: list[Proposal], show: Callable[[str], None]
    ) -> None:
        failed = 0
        for number, key in enumerate(keys, start=1):
            show(f"{service.title}: {number} of {len(keys)}")
            try:
                proposals += self._ask(self._papers[key], service)
                failed = 0
            except NoAnswerError as fault:
                failed += 1
                self._failures += 1
                self._problems.append(warning("no-answer", f"{key}: {service.title} {fault}"))
                if number < len(keys) and (isinstance(fault, UnreachableError) or failed == _PATIENCE):
                    message = f"{service.title} was not queried for {len(keys) - number} more papers"
                    self._problems.append(warning("no-answer", message, hint="run the command again later"))
                    return

    def _ask(self, paper: Paper, service: Service) -> Iterator[Proposal]:
        words = list_query_words(paper.title)
        addresses = [*service.by_identifier(paper), *([service.by_title(words)] if words else [])]
        for address in addresses:
            drafts = self._fetch(service, address)
            same, problem = find_same(paper, drafts)
            if problem:
                self._problems.append(problem)
                return
            if same:
                yield from self._sift(list_proposed_values(paper, same, service.name))
                return

    def _fetch(self, service: Service, address: str) -> Sequence[Draft]:
        text = self._client.fetch(service.base + address, pause=service.pause, here=True)
        self._answers += 1
        if text is None:
            return ()
        batch = service.read([TextFile(name=service.name, text=text)], "")
        self._problems += errors_of(batch.problems)
        return batch.drafts

    def _sift(self, proposals: Iterator[Proposal]) -> Iterator[Proposal]:
        """Yield the proposals without an identifier that another record has."""
        for proposal in proposals:
            kind = LINKS.get(proposal.field)
            owner = self._owner.get((kind, str(proposal.value))) if kind else None
            if owner and owner != proposal.paper:
                message = f"{proposal.paper}: {kind} {proposal.value} already belongs to {owner}"
                self._problems.append(
                    error("duplicate-paper", message, hint="if they are the same paper, merge the records")
                )
            else:
                yield proposal
