"""Parts of the documentation that are made from the code: `make docs` writes them, a test compares them."""

import ast
import re
from pathlib import Path

import click

from generator.cli import main
from generator.problems import CODES

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "content" / "docs"


def list_modules():
    """Return the table of modules with the first line of each."""
    rows = ["| module | what it is |", "|---|---|"]
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if "scaffold" in path.parts:
            continue
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
        name = path.relative_to(ROOT).as_posix().removesuffix("__init__.py")
        rows.append(f"| `{name}` | {first.replace('|', chr(92) + '|')} |")
    return "\n".join(rows)


def list_commands():
    """Return the help of every command."""
    parts = []
    for name, command in main.commands.items():
        context = click.Context(
            command, info_name=f"papershelf {name}", max_content_width=100, terminal_width=100
        )
        parts.append(f"### {name}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def list_problems():
    """Return the table of problem codes."""
    return "\n".join(
        ["| code | meaning |", "|---|---|", *(f"| `{code}` | {text} |" for code, text in CODES.items())]
    )


PARTS = {
    "architecture.md": {"modules": list_modules},
    "reference.md": {"commands": list_commands, "problems": list_problems},
}


def renew(text, parts):
    """Return a page with its generated parts made anew."""
    for name, build in parts.items():
        pattern = re.compile(f"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
        assert pattern.search(text), f"no place for {name}"
        made = f"<!-- {name} -->\n\n{build()}\n\n<!-- /{name} -->"
        text = pattern.sub(made.replace("\\", r"\\"), text)
    return text


if __name__ == "__main__":
    for file, parts in PARTS.items():
        path = DOCS / file
        path.write_text(renew(path.read_text(encoding="utf-8"), parts), encoding="utf-8")
