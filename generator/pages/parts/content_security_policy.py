"""The Content Security Policy of a page (w3.org/TR/CSP3) as a tag in its head.

Everything is loaded from the site itself. Inline scripts are allowed one by one by their hash, so that an injected
script does not run even if escaping fails. Pages that Papershelf generates have no inline scripts and the policy
`PLAIN`. Data such as JSON-LD need no hash, because they are not executed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from types import MappingProxyType

Sources = Mapping[str, Sequence[str]]
"""The allowed sources by CSP directive."""

BASE: Sources = MappingProxyType(
    {
        "default-src": ("'self'",),
        "img-src": ("'self'", "data:"),
        "style-src": ("'self'", "'unsafe-inline'"),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
    }
)
"""Workers, connections and fonts fall back to `default-src`; `frame-ancestors` works only in HTTP headers."""
# The types of executable scripts (html.spec.whatwg.org, "prepare the script element"; mimesniff.spec.whatwg.org, 4.6).
_RUN = re.compile(
    r"|module|importmap|speculationrules|(?:application|text)/(?:x-)?(?:ecma|java)script|text/(?:javascript1\.[0-5]|jscript|livescript)"
)
_BEFORE = (re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE), re.compile(r"<head\b[^>]*>", re.IGNORECASE))
_HOST = re.compile(r"(?:https?:)?//([^/?#]+)", re.IGNORECASE)
_LOADED = {
    "script": ("src",), "img": ("src",), "iframe": ("src",), "audio": ("src",), "video": ("src", "poster"), "embed": ("src",),
    "source": ("src",), "track": ("src",), "object": ("data",), "input": ("src",),
}  # fmt: skip
_LOADING = frozenset({"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"})


class _Reader(HTMLParser):
    """Collects the inline scripts of a page, the URLs that it loads, and content that no policy allows."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.loaded: list[str] = []
        self.refused: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {
            name: value or "" for name, value in reversed(attrs)
        }  # the first of two with one name counts
        self._inside = tag == "script" and "src" not in values and _is_run(values.get("type", ""))
        if self._inside:
            self.scripts.append("")
        rel = set(values.get("rel", "").lower().split()) if tag == "link" else set()
        names = ("href",) if rel & _LOADING else _LOADED.get(tag, ())
        self.loaded += [values[name] for name in names if name in values]
        self.refused += [f"`{name}`" for name in values if re.fullmatch("on[a-z]+", name)]
        if values.get("href", "").strip().lower().startswith("javascript:"):
            self.refused.append("`javascript:`")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


def _is_run(kind: str) -> bool:
    return _RUN.fullmatch(kind.strip().lower()) is not None


def _hash(script: str) -> str:
    """Return the CSP source that allows a script (CSP3, 6.7.3): the digest of its text with HTML's line endings."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8', 'xmlcharrefreplace')).digest()).decode()}'"


def build_policy(scripts: Iterable[str] = (), more: Sources = MappingProxyType({})) -> str:
    """Return the policy of a page with inline scripts and further sources by directive."""
    sources = {name: list(values) for name, values in BASE.items()}
    for name, values in sorted(more.items()):
        known = [value for value in sources.get(name, ["'self'"]) if value != "'none'"]
        sources[name] = [*known, *values]
    if hashes := list(dict.fromkeys(map(_hash, scripts))):
        sources["script-src"] = [*sources.get("script-src", sources["default-src"]), *hashes]
    return ";".join(" ".join([name, *values]) for name, values in sources.items())


PLAIN = build_policy()


def build_tag(policy: str) -> str:
    """Return the meta tag of a policy."""
    return f'<meta http-equiv="content-security-policy" content="{policy}">'


def protect(html: str, more: Sources = MappingProxyType({}), own: str = "") -> tuple[str, list[str]]:
    """Return the page with its policy inserted, and the list of what the policy blocks.

    Blocked are event handlers in attributes and hosts that no source allows; `own` is the URL of the site. A text
    without a head is returned unchanged.
    """
    page = _Reader()
    page.feed(html)
    page.close()
    tag = build_tag(build_policy(page.scripts, more))
    for mark in _BEFORE:
        if found := mark.search(html):
            html = f"{html[: found.end()]}\n{tag}{html[found.end() :]}"
            break
    return html, sorted({*page.refused, *_list_hosts(page.loaded, more, own)})


def _list_hosts(loaded: Iterable[str], more: Sources, own: str) -> set[str]:
    """Return the hosts from which a page loads content and that no source allows."""
    named = [value for values in more.values() for value in values]
    found = (_HOST.match(url.strip()) for url in loaded if not (own and url.startswith(own)))
    hosts = {match[1].lower() for match in found if match}
    return {
        host
        for host in hosts
        if not any(host in value.lower() or value in {"https:", "*"} for value in named)
    }
