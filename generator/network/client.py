"""A polite HTTP client: few requests, with pauses, limits and a cache; only to public hosts and without redirects to other hosts."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.network.answer_cache import AnswerCache, Cache
from generator.network.connect import Network
from generator.network.deadline import Deadline, LateError
from generator.network.errors import Limits, NoAnswerError, RefusedError, RetryLaterError, UnreachableError
from generator.network.exchange import Reply, Request, exchange
from generator.network.hosts import HERE, PUBLIC, Reach, is_name_of_here, stays_home
from generator.network.retries import read_retry_after
from generator.network.url import BadUrlError, Url, follow_url, split_url

_BUSY = (429, 500, 502, 503, 504)
_PAUSES = (2.0, 8.0)  # before the second and the third try
_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_REDIRECTS = 3
_MAX_HOPS = 8  # of a link, which may lead over several hosts
_BAD = 400
_OK, _NOT_MODIFIED, _GONE = 200, 304, (404, 410)
_SHOWN = 200

Answer = TypeVar("Answer")


class _Errand(Struct, frozen=True):
    """The rules for all requests for one URL: the allowed hosts, the pause between requests, and the deadline."""

    reach: Reach
    pause: float
    deadline: Deadline


class Client:
    """Sends requests one after the other; every command that uses the network uses this client.

    Each request has its own connection. Cookies, credentials and proxies of the environment are never used. The
    network, clock and sleep function are parameters, so that tests stay on this machine and do not wait.
    """

    def __init__(  # noqa: PLR0913 (one parameter for each thing that is handed in)
        self,
        *,
        agent: str,
        cache: Path | None = None,
        limits: Limits | None = None,
        network: Network | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Create the client without sending a request; `cache` is the folder for cached answers."""
        self._agent, self._cache = agent, Cache(cache)
        self._limits, self._clock, self._sleep = limits or Limits(), clock, sleep
        self._network = replace(network or Network(), connect=self._connect)
        self._open = (network or Network()).connect
        self._last: dict[str, float] = {}
        self.has_connected = False
        """Whether any host accepted a connection; if not, this machine may be offline."""

    def _connect(self, address: str, port: int, seconds: float) -> socket.socket:
        opened = self._open(address, port, seconds)
        self.has_connected = True
        return opened

    def fetch(self, address: str, *, pause: float, here: bool = False) -> str | None:
        """Return the text at an https URL, None if it does not exist; requests to a host are `pause` seconds apart.

        `here` allows http to this machine, for URLs that the user has entered.

        Raises:
            NoAnswerError: after the last try, or if the answer breaks a rule.
        """
        url, reach = _read_address(address, here=here)
        errand = _Errand(reach, pause, Deadline(self._limits.whole, self._clock))
        return self._try(lambda: self._follow(url, errand), errand.deadline)

    def probe(self, address: str, *, pause: float) -> int:
        """Return the final status of a URL after redirects, without reading its content.

        HEAD is tried first, then GET if HEAD is not successful; requests to a host are `pause` seconds apart.

        Raises:
            NoAnswerError: after the last try, or if a redirect leads to a URL that must not be requested.
        """
        url = split_url(address)
        errand = _Errand(PUBLIC, pause, Deadline(self._limits.whole, self._clock))
        return self._try(lambda: self._walk(url, errand), errand.deadline)

    def _try(self, ask: Callable[[], Answer], deadline: Deadline) -> Answer:
        for wait in (*_PAUSES, None):
            try:
                return ask()
            except (RetryLaterError, UnreachableError) as fault:
                after = (fault.after if isinstance(fault, RetryLaterError) else None) or 0
                if wait is None:
                    raise
                if after and not deadline.allows(after):
                    raise NoAnswerError(f"{fault}, and asks to wait for {after:.0f} s") from None
                if not deadline.allows(max(wait, after)):
                    raise
                self._sleep(max(wait, after))
        raise AssertionError

    def _follow(self, start: Url, errand: _Errand) -> str | None:
        here, kept = start, self._cache.get(str(start))
        headers = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified} if kept else {}
        for _ in range(_MAX_REDIRECTS + 1):
            if not stays_home(start, here):
                raise NoAnswerError(f"redirects to {_show(here)}, which is another host or not https")
            reply = self._send(Request("GET", here, headers, wants_body=True), errand)
            target = _find_target(here, reply)
            if not target:
                return self._keep(start, reply, kept)
            here = target
        raise NoAnswerError(f"more than {_MAX_REDIRECTS} redirects")

    def _keep(self, url: Url, reply: Reply, kept: AnswerCache | None) -> str | None:
        """Return the text of an answer and cache it; None if the host reports that the URL does not exist."""
        if reply.status == _NOT_MODIFIED and kept:
            return kept.body
        if reply.status in _GONE:
            return None
        _refuse_busy(reply)
        if reply.status != _OK:
            raise NoAnswerError(f"returned status {reply.status}")
        try:
            text = reply.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NoAnswerError("returned text that is not UTF-8") from None
        self._cache.put(str(url), AnswerCache(etag=reply.etag, modified=reply.modified, body=text))
        return text

    def _walk(self, start: Url, errand: _Errand) -> int:
        here = start
        for _ in range(_MAX_HOPS + 1):
            try:
                reply = self._peek(here, errand)
            except (RefusedError, UnreachableError) as fault:
                if here == start:
                    raise
                kind = RefusedError if isinstance(fault, RefusedError) else UnreachableError
                raise kind(f"leads to {_show(here)}, which {fault}") from None
            target = _find_target(here, reply)
            if not target:
                return reply.status
            here = target
        raise NoAnswerError(f"more than {_MAX_HOPS} redirects")

    def _peek(self, url: Url, errand: _Errand) -> Reply:
        """Return the answer to HEAD, or to GET if HEAD is not successful."""
        reply = self._send(Request("HEAD", url), errand)
        if reply.status < _BAD:
            return reply
        reply = self._send(Request("GET", url), errand)
        _refuse_busy(reply)
        return reply

    def _send(self, request: Request, errand: _Errand) -> Reply:
        """Return the answer to a request, after waiting until its host may be requested again."""
        self._wait(request.url.host, errand)
        said = {"User-Agent": self._agent, **request.headers}
        asked = replace(request, headers={name: value for name, value in said.items() if value})
        return errand.deadline.run(
            lambda: exchange(asked, self._network, errand.reach, errand.deadline, self._limits)
        )

    def _wait(self, host: str, errand: _Errand) -> None:
        """Wait until the host may be requested again, including after its redirects."""
        now = self._clock()
        rest = max(0.0, self._last[host] + errand.pause - now) if host in self._last else 0.0
        if not errand.deadline.allows(rest):
            raise LateError
        if rest:
            self._sleep(rest)
        self._last[host] = self._clock()


def _refuse_busy(reply: Reply) -> None:
    if reply.status in _BUSY:
        after = read_retry_after(reply.retry_after, time.time())
        raise RetryLaterError(f"returned status {reply.status}", after)


def is_allowed(address: str, *, here: bool = False) -> bool:
    """Return whether `fetch` may request a URL, judged by the URL alone."""
    try:
        _read_address(address, here=here)
    except BadUrlError:
        return False
    return True


def _read_address(address: str, *, here: bool) -> tuple[Url, Reach]:
    url = split_url(address)
    if here and is_name_of_here(url.host):
        return url, HERE
    if url.scheme != "https":
        raise BadUrlError("is not an https URL")
    return url, PUBLIC


def _find_target(url: Url, reply: Reply) -> Url | None:
    """Return the target of a redirect, or None."""
    if reply.status not in _REDIRECTS or not reply.location:
        return None
    try:
        return follow_url(url, reply.location)
    except BadUrlError as fault:
        raise NoAnswerError(f"leads to something that {fault}") from None


def _show(url: Url) -> str:
    """Return a URL for a message, shortened to one line."""
    text = str(url)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
