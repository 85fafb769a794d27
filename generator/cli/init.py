"""`papershelf init`: create a new index with workflows and forms, in an empty folder or around an existing list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from generator.cli.examples import NO_TOPICS, SCAFFOLD, is_example
from generator.cli.exit_codes import fail
from generator.cli.origin import PackageOrigin, find_origin, list_requirements
from generator.cli.shared import refuse_links
from generator.formats.readme.parse import list_headings
from generator.problems import amount

SHARED = (
    "ISSUE_TEMPLATE/fix.yml", "ISSUE_TEMPLATE/paper.yml", "workflows/import.yml", "workflows/links.yml",
    "workflows/paper.yml", "workflows/preview.yml", "workflows/readme.yml", "workflows/release.yml",
)  # fmt: skip
"""The files of this project that a new index copies; in a wheel, they are part of the scaffold."""
_NAME = "site_name: My papers\n"
_LISTS = (".gitignore", ".gitattributes")
"""Files in which missing lines are added, because each line is independent."""
_NEEDS = {
    "Makefile": "the workflows call `make setup`: it must install requirements.txt into .venv/",
    "requirements.txt": "add the line {line}",
    "mkdocs.yml": "it must have `docs_dir: content`, and `papershelf` among its plugins",
}
"""What the index needs from files that a repository may already have."""


@click.command(
    help="Create an index in DIR (default: the current folder): mkdocs.yml, content, workflows, forms, a README.\n\n"
    "An empty folder also gets two invented papers, which the first import replaces. In a folder with files, "
    "missing files are added, existing ones are listed, and nothing is overwritten."
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    refuse_links(folder)
    is_new = not folder.exists() or all(path.name == ".git" for path in folder.iterdir())
    origin = find_origin()
    files = {
        name: text
        for name, text in (*_list_files(), *list_requirements(origin).items())
        if is_new or not is_example(name)
    }
    if not is_new:
        files |= {"content/topics.yml": NO_TOPICS, "mkdocs.yml": _name_site(files["mkdocs.yml"], folder)}
    refuse_links(*(folder / name for name in files))
    added, there = _write(folder, files)
    where = folder.resolve()
    click.echo(
        f"Created a new index in {where}."
        if is_new
        else f"Added {amount(added, 'file')} in {where}; nothing was overwritten."
    )
    for name, said in there.items():
        click.echo(f"  {name} is there already and stays as it is{f'; {said}' if said else ''}")
    _say_next(folder, origin)


def _list_files() -> Iterator[tuple[str, bytes]]:
    """Yield the files of a new index."""
    for path in sorted(SCAFFOLD.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(SCAFFOLD).as_posix(), path.read_bytes()
    checkout = SCAFFOLD.parent.parent / ".github"
    for name in SHARED:
        if not (SCAFFOLD / ".github" / name).exists():
            yield f".github/{name}", (checkout / name).read_bytes()


def _name_site(config: bytes, folder: Path) -> bytes:
    """Return the text of mkdocs.yml with the title of the existing README."""
    try:
        text = (folder / "README.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return config
    titles = [name for level, name, _, _ in list_headings(text) if level == 1 and name]
    named = f"site_name: {json.dumps(titles[0], ensure_ascii=False)}\n" if titles else _NAME
    return config.decode().replace(_NAME, named).encode()


def _write(folder: Path, files: Mapping[str, bytes]) -> tuple[int, Mapping[str, str]]:
    """Write the missing files and lines.

    Returns:
        The number of missing files; and existing files with other content, each with what the index needs from it.
    """
    added = 0
    there: dict[str, str] = {}
    for name, text in files.items():
        path = folder / name
        if path.exists() and name not in _LISTS:
            if path.is_dir() or path.read_bytes() != text:
                there[name] = _NEEDS.get(name, "").format(line=text.decode().splitlines()[-1])
            continue
        added += not path.exists()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_add_lines(path, text) if name in _LISTS else text)
        except OSError as fault:
            fail(f"cannot write {path}: {fault.strerror}")
    return added, there


def _add_lines(path: Path, text: bytes) -> bytes:
    """Return the content of a file followed by the lines of a text that it lacks."""
    own = path.read_bytes() if path.exists() else b""
    missing = b"".join(
        line for line in text.splitlines(keepends=True) if line.strip() not in own.split(b"\n")
    )
    return own + (b"\n" if own and not own.endswith(b"\n") else b"") + missing


def _say_next(folder: Path, origin: PackageOrigin) -> None:
    click.echo("Next, in that folder:")
    if origin.step:
        click.echo(f"  {origin.step}     # creates the wheel that requirements.txt needs")
    if _has_list(folder / "README.md"):
        click.echo(
            "  papershelf import readme README.md --topics sections     # imports its papers, with its sections as topics"
        )
    else:
        click.echo(
            "  papershelf import bibtex FILE.bib     # or another format; or write content/papers/NAME.yml"
        )
    click.echo("  papershelf add 2401.00001             # or a DOI, or the URL of a paper")
    click.echo("  mkdocs serve                          # preview it at http://127.0.0.1:8000")


def _has_list(path: Path) -> bool:
    """Return whether a README has links, and so may be a list of papers."""
    return path.is_file() and "](http" in path.read_text(encoding="utf-8", errors="replace")
