"""The Content Security Policy of pages that MkDocs renders, and escaped site texts for themes."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping

from markupsafe import Markup
from mkdocs.config.base import BaseConfigOption, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from generator.pages.parts.content_security_policy import Sources, protect
from generator.text.escaping import escape_markup

log = get_plugin_logger("papershelf")
_DIRECTIVES = frozenset(
    f"{name}-src"
    for name in "child connect font frame img manifest media script style worker".split()  # noqa: SIM905 (a list of words reads best as words)
) | {"form-action"}
_SOURCE = re.compile(r"[^\s;,\"<>]+")


class PolicyOption(BaseConfigOption[Sources | None]):
    """An option: `true` for the policy, `false` for none, or a mapping of CSP directives to further sources. None means no policy."""

    def __init__(self) -> None:
        super().__init__()
        self.default = {}

    def run_validation(self, value: object) -> Sources | None:
        """Return the further sources.

        Raises:
            ValidationError: if a directive or source is invalid, or would allow any inline script.
        """
        if isinstance(value, bool):
            return {} if value else None
        if not isinstance(value, Mapping):
            raise ValidationError(
                "expected true, false, or a mapping of CSP directives to sources, such as `img-src: https://img.example`"
            )
        return {str(name): _read_sources(str(name), given) for name, given in value.items()}


def _read_sources(name: str, given: object) -> list[str]:
    if name not in _DIRECTIVES:
        raise ValidationError(
            f"unknown directive `{name}`; the directives are {', '.join(sorted(_DIRECTIVES))}"
        )
    values = [str(value) for value in (given if isinstance(given, list) else [given])]
    for value in values:
        if not _SOURCE.fullmatch(value):
            raise ValidationError(f"{value!r} is not a source: write one host, such as https://img.example")
        if name == "script-src" and value == "'unsafe-inline'":
            raise ValidationError(
                "`'unsafe-inline'` is not accepted, because inline scripts are allowed by their hashes: remove it"
            )
    return values


def finish_page(html: str, name: str, more: Sources | None, config: MkDocsConfig, *, is_preview: bool) -> str:
    """Return a page with its Content Security Policy, and warn about content that the policy blocks.

    A preview has no policy, because MkDocs writes a changing script into its pages.
    """
    if more is None:
        return html
    safe, blocked = protect(html, more, config.site_url or "")
    for what in blocked:
        log.warning(
            "%s: the page's Content Security Policy blocks %s; remove it, or see `csp` in the documentation",
            name,
            what,
        )
    return html if is_preview else safe


def mark_safe(config: MkDocsConfig) -> MkDocsConfig:
    """Return the configuration for templates, with the texts escaped that Material prints unescaped."""
    safe = copy.copy(config)
    for name in ("site_name", "site_description", "site_author"):
        if config[name]:
            safe[name] = Markup(escape_markup(config[name]))  # noqa: S704 (escaped)
    return safe
