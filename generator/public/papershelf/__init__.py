"""Papershelf as a library: load an index, query it, export it, import into it.

    >>> import papershelf
    >>> index = papershelf.load("content")
    >>> surveys = index.select(kinds=["survey"], years=["2024"])
    >>> bibliography = index.export("bibtex", surveys)
    >>> plan = index.read("new.bib")
    >>> written = index.save(plan)

The names below are public. Every change to them is noted in the changelog.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator import __version__
from generator.exports.texts import ALL_EXPORTS as _EXPORTS
from generator.exports.texts import ExportFormat
from generator.formats.registry import FORMATS as _FORMATS
from generator.formats.registry import Batch, ImportFormat, TextFile
from generator.importing import Import
from generator.model import Author, Draft, Paper, Placement, Related, Source, Topic
from generator.network.services import Service
from generator.problems import PapershelfError, Place, Problem
from generator.project import Project
from generator.records.edit import EditError

__all__ = [
    "EXPORT_FORMATS",
    "IMPORT_FORMATS",
    "Author",
    "Batch",
    "Draft",
    "EditError",
    "ExportFormat",
    "Import",
    "ImportFormat",
    "Paper",
    "PapershelfError",
    "Place",
    "Placement",
    "Problem",
    "Project",
    "Related",
    "Service",
    "Source",
    "TextFile",
    "Topic",
    "__version__",
    "load",
]

EXPORT_FORMATS: Mapping[str, ExportFormat] = _EXPORTS
"""The formats of `Project.export` by name."""
IMPORT_FORMATS: Mapping[str, ImportFormat] = _FORMATS
"""The formats of `Project.read` by name."""


def load(content: Path | str) -> Project:
    """Return the index in a content folder, the `docs_dir` of its mkdocs.yml.

    Records with errors are left out and reported in `Project.problems`.

    Raises:
        FileNotFoundError: if the folder does not exist.
    """
    folder = Path(content)
    if not folder.is_dir():
        raise FileNotFoundError(f"the folder {folder} does not exist")
    return Project(folder)
