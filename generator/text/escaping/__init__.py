"""Escaping: one function for each output language. No other module escapes.

Whole documents are written by libraries for their formats: YAML by PyYAML (`storage.strict_yaml`), JSON by msgspec,
Atom by ElementTree, tables by `csv`. All other escaping is done here. All of these functions accept any text, remove
invisible characters (`clean_line`), and lose nothing else.
"""

from __future__ import annotations

from generator.text.escaping.bibtex import (
    escape_bibtex,
    escape_bibtex_address,
    escape_bibtex_body,
    escape_bibtex_name,
    escape_bibtex_title,
)
from generator.text.escaping.html import (
    escape_code_html,
    escape_href,
    escape_html,
    escape_json,
    escape_markup,
    escape_rich_html,
    unescape_markup,
)
from generator.text.escaping.lines import clean_line, escape_cell, escape_line, restore_cell
from generator.text.escaping.markdown import (
    escape_code,
    escape_in_list,
    escape_link,
    escape_list_item,
    escape_list_link,
    escape_markdown,
    escape_plain_markdown,
    escape_rich,
)
from generator.text.escaping.workflow import escape_command, escape_property

__all__ = [
    "clean_line", "escape_bibtex", "escape_bibtex_address", "escape_bibtex_body", "escape_bibtex_name",
    "escape_bibtex_title", "escape_cell", "escape_code", "escape_code_html", "escape_command", "escape_href", "escape_html",
    "escape_in_list", "escape_json", "escape_line", "escape_link", "escape_list_item", "escape_list_link", "escape_markdown", "escape_markup", "escape_plain_markdown",
    "escape_property", "escape_rich", "escape_rich_html", "restore_cell", "unescape_markup",
]  # fmt: skip
