"""Golden files: one YAML a behaviour, with its input, its output and its problems."""

from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parent / "golden"


def goldens(kind):
    """Return the golden files of a kind as parameters of a test, named after the files."""
    files = sorted((FOLDER / kind).glob("*.yml"))
    assert files, f"no golden files in {FOLDER / kind}"
    return [pytest.param(yaml.safe_load(file.read_text(encoding="utf-8")), id=file.stem) for file in files]


def show(problems):
    """Return problems as golden files write them: code and place."""
    return [f"{p.code} {p.place}" for p in problems]
