"""`papershelf init`: create a new index that works, with workflows and forms."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from generator.cli.exit_codes import fail
from generator.cli.origin import find_origin, write_requirements
from generator.cli.shared import refuse_links

SCAFFOLD = Path(__file__).parent.parent / "scaffold"
SHARED = (
    "ISSUE_TEMPLATE/fix.yml", "ISSUE_TEMPLATE/paper.yml", "workflows/import.yml", "workflows/links.yml",
    "workflows/paper.yml", "workflows/preview.yml", "workflows/readme.yml", "workflows/release.yml",
)  # fmt: skip
"""What a new index takes over from this project's own; in a wheel it is in the scaffold already."""


@click.command(
    help="Start a new index in DIR (default: here): mkdocs.yml, content with two invented papers, workflows, forms, a README."
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    refuse_links(folder)
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):
        fail(f"{folder} is not empty: choose a new folder")
    origin = find_origin()
    shutil.copytree(SCAFFOLD, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    checkout = SCAFFOLD.parent.parent / ".github"
    for name in SHARED:
        target = folder / ".github" / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(checkout / name, target)
    write_requirements(folder, origin)
    click.echo(f"Created a new index in {folder.resolve()}. Next, in that folder:")
    if origin.step:
        click.echo(f"  {origin.step}     # the wheel that requirements.txt names is missing")
    click.echo(
        "  papershelf import bibtex FILE.bib     # or another format, or content/papers/NAME.yml by hand"
    )
    click.echo("  mkdocs serve                          # preview it at http://127.0.0.1:8000")
