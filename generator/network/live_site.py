"""Fetches the ledger of the live site."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin

from generator.model import Published
from generator.network.client import Client
from generator.network.errors import NoAnswerError
from generator.problems import errors_of
from generator.urls.files import data_path
from generator.urls.ledger import parse_ledger

WHERE = data_path("urls.txt")
LARGEST = 100_000_000
"""The size limit of a ledger in bytes; 100,000 papers need about a fifth of it."""


def fetch_ledger(url: str, client: Client) -> Mapping[str, Published] | None:
    """Return the ledger of a site, or None if it has none, as before the first deployment.

    Raises:
        NoAnswerError: if there is no answer or it is not a ledger.
    """
    address = urljoin(url, WHERE)
    text = client.fetch(address, pause=0, here=True)
    if text is None:
        return None
    if text.lstrip()[:1] == "<":
        raise NoAnswerError("returned a web page, not a list of URLs")
    ledger, problems = parse_ledger(text, file=address)
    if faults := errors_of(problems):
        raise NoAnswerError(
            f"returned something that is not a list of URLs; line {faults[0].place.line if faults[0].place else 0}: {faults[0].message}"
        )
    if not ledger:
        raise NoAnswerError("returned an empty list of URLs")
    return ledger
