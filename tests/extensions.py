"""All extensions of Markdown that are installed, with the options that make them look for the most."""

import importlib
import pkgutil

import markdown.extensions
import pymdownx
import pymdownx.blocks

# Replaced by another one that is on, or about how curators write: `nl2br` breaks lines of the templates as well.
_LEFT_OUT = {"codehilite", "extra", "fenced_code", "legacy_attrs", "legacy_em", "nl2br", "sane_lists"}
_OPTIONS = {
    "markdown.extensions.smarty": {"smart_angled_quotes": True},
    "pymdownx.arithmatex": {"smart_dollar": False},
    "pymdownx.blocks.html": {"custom": [{"tag": "owl", "mode": "block"}]},
    "pymdownx.escapeall": {"hardbreak": True, "nbsp": True},
    "pymdownx.fancylists": {"additional_ordered_styles": ["roman", "alpha", "generic"]},
    "pymdownx.inlinehilite": {"style_plain_text": True},
    "pymdownx.keys": {"camel_case": True},
    "pymdownx.magiclink": {
        "repo_url_shorthand": True,
        "repo_url_shortener": True,
        "social_url_shorthand": True,
        "social_url_shortener": True,
        "normalize_issue_symbols": True,
        "provider": "github",
        "user": "owner",
        "repo": "owls",
    },
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True, "clickable_checkbox": True},
}


def _list_modules(package):
    for module in pkgutil.iter_modules(package.__path__):
        name = f"{package.__name__}.{module.name}"
        if module.name not in _LEFT_OUT and hasattr(importlib.import_module(name), "makeExtension"):
            yield name


EXTENSIONS = [
    name for package in (markdown.extensions, pymdownx, pymdownx.blocks) for name in _list_modules(package)
]
OPTIONS = {name: options for name, options in _OPTIONS.items() if name in EXTENSIONS}
CONFIG = [{name: OPTIONS[name]} if name in OPTIONS else name for name in EXTENSIONS]
"""The same for mkdocs.yml."""

TRAPS = [
    # CriticMarkup, and what the others of pymdownx look for
    "++", "++x++", "--x--", "==x==", ">>x<<", "~~a~>b~~", "{++x++}", "{--x--}", "{==x==}", "{>>x<<}", "{~~a~>b~~}",
    "^^x^^", "^x^", "~~x~~", "~x~", "==x==", "++ctrl+alt++", '[=50% "x"]', "[ ] x", "[x] y", "#!py x", ":::py x",
    "``x''", "<<x>>", "(c)", "(tm)", "(r)", "c/o", "+/-", "=/=", "1/2", "7/8", "1st", "22nd", "3rd", "11th", "4th_",
    '--8<-- "mkdocs.yml"', "--8<--", ';--8<-- "x"', ":smile:", ":octicons-mark-16:", "!!! note", "??? note", "???+ x",
    '=== "x"', "===", "/// note", "///", "/// html | div", "> [!note]", "$$x$$", "\\(x\\)", "\\begin{x}y\\end{x}",
    # addresses, people, issues and commits
    "#1", "!1", "?1", "owner/owls#1", "owls@" + "a1" * 20, "a1" * 20, "f" * 40, "9" * 40, "@me", "@me/owls", "me@x.example",
    "www.x.example", "http://x.example/", "ftp://x.example", "https://github.com/owner/owls/issues/1",
    # lists, tables, definitions, notes, abbreviations, attributes
    "1. x", "1) x", "(1) x", "a. x", "B. x", "i) x", "iv. x", "XII. x", "m. ", "#. x", "- x", "+ x", "* x", ": x", ":   x",
    "> x", "x | y", "--- | ---", "| x |", "[TOC]", "[[x]]", "*[owls]: y", "[^1]", "[^1]: x", "[x]: y", "[x](y)", "![x](y)",
    "key: value", "{: .x #y }", "{.x}", "{#x}", "<div markdown>", "</div>", "# x", "x\n===", "x\n---", "```", "~~~", "``` py",
    "**x**", "__x__", "*x*", "_x_", "\\*x\\*", "...", '"x"', "'x'", "HTML", "wzxhzdk:1", "klzzwxh:0001", "czjqqkd:0",
]  # fmt: skip
"""What extensions take for markup."""
