"""The errors of a failed build in a preview: a panel at the top of every page, or a separate page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.problems import amount
from generator.text.escaping import escape_markup

_MOST = 1_000
_BODY = re.compile(r"""<body\b(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.IGNORECASE)
_OLD = "This is the last good build. The page reloads when the errors are corrected."
_NONE = "There is no successful build yet. The site appears here when the errors are corrected."
_NEW = "The build is complete, but strict mode treats its warnings as errors."
_STYLE = """
#papershelf-errors, #papershelf-errors * { all: revert; box-sizing: border-box; }
#papershelf-errors { --paper: #fff5f3; --ink: #3a1410; --quiet: #74453f; --line: #e6b7b0; --mark: #b3261e;
  position: sticky; top: 0; z-index: 1000; max-height: 60vh; overflow: auto; overscroll-behavior: contain; background: var(--paper);
  color: var(--ink); border-bottom: 3px solid var(--mark); font: 1rem/1.5 system-ui, sans-serif; font-size: 16px; text-align: start; }
@media (prefers-color-scheme: dark) {
  #papershelf-errors { --paper: #2a1513; --ink: #ffe9e6; --quiet: #d8aaa4; --line: #5c332e; --mark: #ff8a7a; color-scheme: dark; } }
#papershelf-errors > div, #papershelf-errors summary { max-width: 61rem; margin: 0 auto; padding: .5rem 1.2rem; }
#papershelf-errors summary { cursor: pointer; min-height: 44px; padding-block: .6rem; }
#papershelf-errors h1, #papershelf-errors p { display: inline; margin: 0; font-size: inherit; }
#papershelf-errors h1 { color: var(--mark); margin-inline-end: .5em; }
#papershelf-errors ol { list-style: none; margin: 0 auto; padding: 0 1.2rem .6rem; max-width: 61rem; }
#papershelf-errors li { padding: .6rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; white-space: pre-wrap; }
#papershelf-errors code { display: block; font: 600 .875em/1.6 ui-monospace, monospace; }
#papershelf-errors small { display: block; font-size: .9375em; color: var(--quiet); }
#papershelf-errors small::before { content: "→ "; }
@media print { #papershelf-errors { display: none; } }
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ margin: 0; }} #papershelf-errors {{ max-height: none !important; }}</style>
</head>
<body>
{panel}
</body>
</html>
"""


class ShownProblem(Struct, frozen=True, kw_only=True):
    """One error for display: its place, its message, and its hint."""

    where: str = ""
    what: str
    hint: str = ""


def render_panel(reports: Sequence[ShownProblem], *, is_new: bool = False, has_build: bool = True) -> str:
    """Return the panel for the top of a page.

    With `is_new`, the page comes from the failed build, as in strict mode. Without `has_build`, there is no page below
    the panel.
    """
    what = _NEW if is_new else _OLD if has_build else _NONE
    items = "".join(map(_render_item, reports[:_MOST]))
    if len(reports) > _MOST:
        items += f"<li>{len(reports) - _MOST:,} more are in the terminal.</li>"
    return (
        f'<aside id="papershelf-errors" aria-label="Errors of the build"><style>{_STYLE}</style><details open>'
        f"<summary><h1>{_count(reports, is_new=is_new)}</h1> <p>{what}</p></summary><ol>{items}</ol></details></aside>"
    )


def render_page(reports: Sequence[ShownProblem]) -> str:
    """Return the page that replaces the site until there is a successful build."""
    panel = render_panel(reports, has_build=False)
    return _PAGE.format(title=_count(reports, is_new=False), panel=panel)


def insert_panel(page: str, panel: str) -> str:
    """Return a page with the panel at the start of its body."""
    found = _BODY.search(page)
    return f"{page[: found.end()]}{panel}{page[found.end() :]}" if found else f"{panel}{page}"


def _count(reports: Sequence[ShownProblem], *, is_new: bool) -> str:
    return amount(len(reports), "warning" if is_new else "error")


def _render_item(report: ShownProblem) -> str:
    where = f"<code>{_escape(report.where)}</code>" if report.where else ""
    hint = f"<small>{_escape(report.hint)}</small>" if report.hint else ""
    return f"<li>{where}{_escape(report.what)}{hint}</li>"


def _escape(text: str) -> str:
    """Return a multi-line text as HTML."""
    return "\n".join(map(escape_markup, text.splitlines()))
