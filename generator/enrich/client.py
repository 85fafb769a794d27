"""Polite fetching: few requests, with pauses, limits and a cache; texts never from another host than the one asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urljoin, urlsplit

import requests

from generator.enrich.cached import Cache, Kept
from generator.enrich.hosts import is_allowed, read_retry_after, stays_home
from generator.enrich.limits import BusyError, Limits, NoAnswerError, UnreachableError

_BUSY = (429, 500, 502, 503, 504)
_PAUSES = (2.0, 8.0)  # before the second and the third try
_LONGEST_PAUSE = 60.0
_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_REDIRECTS = 3
_MAX_HOPS = 8  # of a link, which may lead over several hosts
_BAD = 400
_CHUNK = 65_536
_OK, _NOT_MODIFIED, _GONE = 200, 304, (404, 410)

Answer = TypeVar("Answer")


@contextmanager
def _name_faults() -> Iterator[None]:
    """Turn what the library raises into the faults of this one."""
    try:
        yield
    except requests.Timeout:
        raise UnreachableError("did not answer in time") from None
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
        raise UnreachableError("cannot be reached, or breaks off") from None
    except requests.RequestException as fault:
        raise NoAnswerError(f"cannot be asked: {type(fault).__name__}") from None


class Client:
    """Fetches addresses one after the other. The clock and what sleeps are handed in, so that tests do not wait."""

    def __init__(
        self,
        *,
        agent: str,
        cache: Path | None = None,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin without a request; `cache` is the folder that keeps answers."""
        self._limits, self._clock, self._sleep = limits or Limits(), clock, sleep
        self._cache = Cache(cache)
        self._last: dict[str, float] = {}
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": agent})
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # A set of credentials that adds none keeps those of the user's .netrc at home.
        self._session.auth = lambda request: request

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def fetch(self, url: str, *, pause: float) -> str | None:
        """Return the text at an address, None where there is nothing; requests to one host are `pause` seconds apart.

        Raises:
            NoAnswerError: after the last try, or when the answer breaks a rule.
        """
        return self._try(lambda: self._follow(url, pause))

    def probe(self, url: str, *, pause: float, is_public: Callable[[str], bool]) -> int:
        """Return the status at the end of an address's redirects, without reading what is there.

        It is asked with HEAD, and with GET where that is not answered with success. Only hosts that `is_public` are asked,
        each `pause` seconds apart.

        Raises:
            NoAnswerError: after the last try, or where the address leads to something that is not asked.
        """
        return self._try(lambda: self._walk(url, pause, is_public))

    def _try(self, ask: Callable[[], Answer]) -> Answer:
        for wait in (*_PAUSES, None):
            try:
                return ask()
            except (BusyError, UnreachableError) as fault:
                after = getattr(fault, "after", None)
                if wait is None:
                    raise
                if after is not None and after > _LONGEST_PAUSE:
                    raise NoAnswerError(f"{fault}, and asks to wait for {after:.0f} s") from None
                self._sleep(max(wait, after or 0))
        raise AssertionError

    def _follow(self, url: str, pause: float) -> str | None:
        here = url
        for _ in range(_MAX_REDIRECTS + 1):
            if not is_allowed(here) or not stays_home(url, here):
                raise NoAnswerError(f"leads to {here}, which is another host or not https")
            answer = self._request(here, pause, self._cache.get(url))
            if isinstance(answer, str):
                here = urljoin(here, answer)
                continue
            if answer is not None:
                self._cache.put(url, answer)
            return answer.body if answer else None
        raise NoAnswerError(f"more than {_MAX_REDIRECTS} redirects")

    def _walk(self, url: str, pause: float, is_public: Callable[[str], bool]) -> int:
        here = url
        for _ in range(_MAX_HOPS + 1):
            parts = urlsplit(here)
            if parts.scheme not in {"http", "https"} or not is_public(parts.hostname or ""):
                raise NoAnswerError(f"leads to {here}, which is no public address")
            status, target = self._peek("HEAD", here, pause)
            if status >= _BAD and not target:
                status, target = self._peek("GET", here, pause)
            if not target:
                return status
            here = urljoin(here, target)
        raise NoAnswerError(f"more than {_MAX_HOPS} redirects")

    def _peek(self, method: str, url: str, pause: float) -> tuple[int, str]:
        """Return the status of one request and the address that it redirects to, if it does."""
        self._wait(url, pause)
        with (
            _name_faults(),
            self._session.request(
                method,
                url,
                timeout=(self._limits.connect, self._limits.read),
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            if method == "GET" and response.status_code in _BUSY:
                after = read_retry_after(response.headers.get("Retry-After", ""), self._clock())
                raise BusyError(f"answers with {response.status_code}", after)
            target = response.headers.get("Location", "") if response.status_code in _REDIRECTS else ""
            return response.status_code, target

    def _request(self, url: str, pause: float, kept: Kept | None) -> Kept | str | None:
        """Return an answer, the address that it redirects to, or None where there is nothing."""
        self._wait(url, pause)
        started = self._clock()
        headers = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified} if kept else {}
        with (
            _name_faults(),
            self._session.get(
                url,
                headers={name: value for name, value in headers.items() if value},
                timeout=(self._limits.connect, self._limits.read),
                # http is only for this machine, and no proxy is on the way to it.
                proxies={"http": ""},
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            if response.status_code == _NOT_MODIFIED and kept:
                return kept
            if response.status_code in _GONE:
                return None
            if response.status_code in _REDIRECTS and (target := response.headers.get("Location")):
                return target
            if response.status_code in _BUSY:
                after = read_retry_after(response.headers.get("Retry-After", ""), self._clock())
                raise BusyError(f"answers with {response.status_code}", after)
            if response.status_code != _OK:
                raise NoAnswerError(f"answers with {response.status_code}")
            return Kept(
                etag=response.headers.get("ETag", ""),
                modified=response.headers.get("Last-Modified", ""),
                body=self._read(response, started),
            )

    def _wait(self, url: str, pause: float) -> None:
        host = urlsplit(url).netloc
        if host in self._last:
            rest = self._last[host] + pause - self._clock()
            if rest > 0:
                self._sleep(min(rest, pause))
        self._last[host] = self._clock()

    def _read(self, response: requests.Response, started: float) -> str:
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > self._limits.size:
                raise NoAnswerError(f"gives more than {self._limits.size} bytes")
            if self._clock() - started > self._limits.whole:
                raise NoAnswerError(f"needs more than {self._limits.whole:.0f} s")
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NoAnswerError("gives text that is not UTF-8") from None
