"""Every external link of the shelf and of the hand-written pages: which are asked, how, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path
from urllib.parse import urlsplit

from generator.enrich.client import Client
from generator.enrich.limits import NoAnswerError, UnreachableError
from generator.enrich.visits import UNREACHABLE, Visit
from generator.formats.text_file import load_text
from generator.identifiers import build_url, find_links
from generator.model import Shelf
from generator.problems import Place, Problem, error, warning
from generator.shelf.reader import is_data

PAUSE = 2.0
"""Seconds between two requests to one host."""
_FRESH = 30  # days for which a good answer is believed


def list_links(content: Path, shelf: Shelf) -> Mapping[str, Place]:
    """Return every address that readers are led to, with the first place that names it."""
    found: dict[str, Place] = {}
    for key, paper in shelf.papers.items():
        for kind, values in paper.links.items():
            for value in values:
                found.setdefault(build_url(kind, value), shelf.places[key])
    for path in sorted(content.rglob("*.md")):
        name = path.relative_to(content).as_posix()
        text, _ = load_text(path, name=name) if not is_data(name) else ("", ())
        for number, line in enumerate(text.splitlines(), start=1):
            for kind, value in find_links(line):
                found.setdefault(build_url(kind, value), Place(file=name, line=number))
    return found


def choose_due(addresses: Sequence[str], known: Mapping[str, Visit], today: str) -> tuple[str, ...]:
    """Return the addresses that are to be asked today, the longest unasked first.

    Hosts take turns, so that none is asked in a row.
    """
    days = {address: known[address].day if address in known else "" for address in addresses}
    by_host: dict[str, list[str]] = {}
    for address in sorted(addresses, key=lambda address: (days[address], address)):
        visit = known.get(address)
        if not visit or not visit.is_good or _count_days(visit.day, today) >= _FRESH:
            by_host.setdefault(urlsplit(address).netloc, []).append(address)
    return tuple(filter(None, chain.from_iterable(zip_longest(*by_host.values()))))


def _count_days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def visit_links(
    due: Sequence[str], client: Client, today: str, is_public: Callable[[str], bool]
) -> Iterator[tuple[str, Visit]]:
    """Yield each address with what it answers."""
    for address in due:
        try:
            answer = str(client.probe(address, pause=PAUSE, is_public=is_public))
        except UnreachableError:
            answer = UNREACHABLE
        except NoAnswerError as fault:
            answer = str(fault)
        yield address, Visit(today, answer)


def judge_links(
    places: Mapping[str, Place], before: Mapping[str, Visit], now: Mapping[str, Visit]
) -> Iterator[Problem]:
    """Yield the links that lead nowhere, and those of which it cannot be told."""
    for address, place in places.items():
        visit, earlier = now.get(address), before.get(address)
        if visit is None or visit.is_good:
            continue
        again = earlier is not None and earlier.answer == UNREACHABLE and earlier.day != visit.day
        if visit.is_gone or (visit.answer == UNREACHABLE and again):
            said = (
                f"answers {visit.answer}" if visit.is_gone else "could not be reached, and not before either"
            )
            hint = "correct the link, or take it out of the record"
            yield error("broken-link", f"{address} {said}", place, hint)
        else:
            hint = "open it in a browser: many hosts answer people and no programs"
            yield warning("no-answer", f"{address}: {visit.answer}", place, hint)
