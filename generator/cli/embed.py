"""`papershelf embed`: compute the vectors of papers with a sentence model and keep them in embeddings.txt."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.ask_services import show_progress
from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import content_option, echo_problems, find_content, hold_shelf
from generator.meaning.embeddings import (
    FILE,
    build_text,
    hash_text,
    project,
    read_embeddings,
    render_embeddings,
)
from generator.meaning.minilm import MiniLM, ModelError
from generator.problems import amount
from generator.project import Project
from generator.storage.transaction import write_files

_FEWEST, _TIMES = 512, 50
"""The file is written each time that so many vectors are computed, so that little is lost if the command is interrupted; and at
most so many times, because each time writes all of it."""


@click.command(
    "embed",
    help="Compute a vector for the text of each paper and write them to embeddings.txt. Builds then use them for search by "
    "meaning and for related papers.\n\nThe model is all-MiniLM-L6-v2: a folder with its files model.safetensors and vocab.txt, or "
    "a wheel that contains them. Only new and changed texts are computed, about 15 in a second of processor time.",
)
@content_option
@click.option(
    "--model",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="The model's folder or wheel.",
)
def embed(*, content: Path | None, model: Path) -> None:
    folder = find_content(content)
    hold_shelf(folder)
    index = Project(folder)
    echo_problems(problem for problem in index.problems if problem.code != "stale-embeddings")
    if index.errors:
        sys.exit(FINDINGS)
    former, faults = read_embeddings(folder)
    texts = {hash_text(text): text for text in map(build_text, index.papers.values())}
    kept = {digest: vector for digest, vector in former.items() if digest in texts}
    new, outdated = sorted(texts.keys() - kept.keys()), len(former) - len(kept)
    try:
        if new:
            reader = MiniLM(model)
            step = max(_FEWEST, -(-len(new) // _TIMES))
            for start in range(0, len(new), step):
                part = new[start : start + step]
                vectors = project(reader.embed([texts[digest] for digest in part]))
                kept |= zip(part, vectors, strict=True)
                write_files(folder, {FILE: render_embeddings(kept)}, index.state)
                show_progress(f"{len(kept):,} of {amount(len(texts), 'paper')}")
        elif outdated or faults:
            write_files(folder, {FILE: render_embeddings(kept)}, index.state)
    except ModelError as fault:
        fail(str(fault))
    except OSError as fault:
        fail(f"cannot read or write {fault.filename}: {fault.strerror}", FINDINGS)
    click.echo(
        f"{amount(len(kept), 'vector')} in {folder / FILE}, {len(new):,} new, {outdated:,} outdated ones removed"
    )
