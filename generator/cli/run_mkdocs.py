"""Shared by `papershelf build` and `serve`: finding the configuration and running MkDocs with it."""

from __future__ import annotations

from pathlib import Path

from generator.cli.shared import load_config_values, need_config, refuse_links
from generator.urls.routes import SINGLE


def run_mkdocs(verb: str, content: Path | None, options: list[str], site_dir: Path | None) -> None:
    """Run a MkDocs command with the nearest configuration and, if given, another content folder."""
    from mkdocs.__main__ import cli  # noqa: PLC0415 (slow to load)

    config = need_config()
    arguments = ["-f", str(config), *options]
    if site_dir is not None:
        arguments += ["--site-dir", str(site_dir.resolve())]
    more: dict[str, object] = {}
    if content is not None:
        refuse_links(content)
        nav = _keep_existing(load_config_values(config).get("nav"), content)
        more = {"docs_dir": str(content.resolve()), "nav": nav}
    command = cli.commands[verb]
    with (
        cli.make_context("mkdocs", [verb]) as parent,
        command.make_context(verb, arguments, parent=parent) as context,
    ):
        context.params |= more  # what no option says: MkDocs hands all of them to its configuration
        command.invoke(context)


def _keep_existing(nav: object, content: Path) -> object:
    """Return a navigation without the hand-written pages that are missing from another content folder."""
    if isinstance(nav, list):
        return [kept for item in nav if (kept := _keep_existing(item, content)) not in ({}, None)]
    if isinstance(nav, dict):
        return {
            name: kept
            for name, item in nav.items()
            if (kept := _keep_existing(item, content)) not in ([], None)
        }
    is_there = nav in SINGLE or "://" in str(nav) or (content / str(nav)).is_file()
    return nav if is_there else None
