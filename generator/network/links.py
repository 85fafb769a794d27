"""Checks the external links of the shelf and the hand-written pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path

from generator.identifiers import build_link_url, find_links
from generator.model import Shelf
from generator.network.client import Client
from generator.network.errors import NoAnswerError, UnreachableError
from generator.network.url import BadUrlError, split_url
from generator.network.visits import UNANSWERED, UNREACHABLE, Log, Visit
from generator.problems import Place, Problem, error, warning
from generator.records.read import is_data
from generator.storage.text_file import load_text

PAUSE = 2.0
"""Seconds between two requests to the same host."""
_FRESH = 30  # days for which a good answer is believed


def list_external_urls(content: Path, shelf: Shelf) -> Mapping[str, Place]:
    """Return every external URL, with the first place where it occurs."""
    found: dict[str, Place] = {}
    for key, paper in shelf.papers.items():
        for kind, values in paper.links.items():
            for value in values:
                found.setdefault(build_link_url(kind, value), shelf.places[key])
    for path in sorted(content.rglob("*.md")):
        name = path.relative_to(content).as_posix()
        text, _ = load_text(path, name=name, inside=content) if not is_data(name) else ("", ())
        for number, line in enumerate(text.splitlines(), start=1):
            for kind, value in find_links(line):
                found.setdefault(build_link_url(kind, value), Place(file=name, line=number))
    return found


def choose_due(addresses: Sequence[str], known: Mapping[str, Visit], today: str) -> tuple[str, ...]:
    """Return the URLs that are due today, the least recently requested first.

    Within a day, hosts take turns, so that no host gets consecutive requests.
    """
    by_day: dict[str, dict[str, list[str]]] = {}
    for address in sorted(addresses):
        visit = known.get(address)
        if not visit or not visit.is_good or not 0 <= _count_days(visit.day, today) < _FRESH:
            hosts = by_day.setdefault(visit.day if visit else "", {})
            hosts.setdefault(_find_host(address), []).append(address)
    turns = (zip_longest(*by_day[day].values()) for day in sorted(by_day))
    return tuple(filter(None, chain.from_iterable(chain.from_iterable(turns))))


def _find_host(address: str) -> str:
    try:
        return split_url(address).host
    except BadUrlError:
        return ""


def _count_days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


class Round:
    """One run over links; the answer for each is stored in the file immediately.

    A link is marked as requested before its answer arrives, so that after a kill, the next run does not begin with
    it again. Unreachable links count only once another host was reached, because this machine may be offline.
    """

    def __init__(self, log: Log, known: Mapping[str, Visit], today: str) -> None:
        """Start with the known answers."""
        self.visits = dict(known)
        self._log, self._today = log, today
        self._held: dict[str, Visit] = {}
        self.asked = 0

    def ask(self, address: str, client: Client) -> None:
        """Request a link and store the answer."""
        earlier = self.visits.get(address)
        answer = earlier.answer if earlier and not earlier.is_good else UNANSWERED
        self._keep({address: Visit(self._today, answer)})
        self.asked += 1
        visit = ask_link(address, client, self._today)
        if client.has_connected:
            self._keep({**self._held, address: visit})
            self._held.clear()
        elif visit.is_unreachable:
            self._held[address] = visit
        else:
            self._keep({address: visit})

    def _keep(self, visits: Mapping[str, Visit]) -> None:
        self.visits.update(visits)
        self._log.add(visits)

    def end(self) -> Mapping[str, Visit]:
        """Return the answers of all links, including those for which it was unclear whether this machine is offline."""
        self.visits.update(self._held)
        return self.visits

    @property
    def silence(self) -> str:
        """The error of the first link, if no host could be reached at all."""
        return next((f"{address}: {visit.answer}" for address, visit in self._held.items()), "")


def ask_link(address: str, client: Client, today: str) -> Visit:
    """Return today's answer for a URL; errors are returned as answers."""
    try:
        answer = str(client.probe(address, pause=PAUSE))
    except UnreachableError as fault:
        answer = f"{UNREACHABLE}: {fault}"
    except NoAnswerError as fault:
        answer = str(fault)
    return Visit(today, answer)


def judge_links(
    places: Mapping[str, Place], before: Mapping[str, Visit], now: Mapping[str, Visit]
) -> Iterator[Problem]:
    """Yield problems for dead links, and notes for links that could not be checked."""
    for address, place in places.items():
        visit, earlier = now.get(address), before.get(address)
        if visit is None or visit.is_good:
            continue
        again = earlier is not None and earlier.is_unreachable and earlier.day != visit.day
        if visit.is_gone or (visit.is_unreachable and again):
            said = f"returned {visit.answer}" if visit.is_gone else f"{visit.answer}, and not the first time"
            hint = "correct the link or remove it from the record"
            yield error("broken-link", f"{address} {said}", place, hint)
        else:
            hint = "open the link in a browser, because many hosts reject requests by programs"
            yield warning("no-answer", f"{address}: {visit.answer}", place, hint)
