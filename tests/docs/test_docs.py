"""The documentation is true: what it says of the code is what the code says."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from mkdocs.config.base import BaseConfigOption
from support import ROOT

sys.path.insert(0, str(Path(__file__).parent))
from generated import DOCS, PARTS, renew

from generator.mkdocs_plugin.plugin import PapershelfOptions


@pytest.mark.parametrize("file", PARTS)
def test_generated_parts_are_up_to_date(file):
    text = (DOCS / file).read_text(encoding="utf-8")
    assert renew(text, PARTS[file]) == text, "run `make docs`"


def test_every_dependency_earns_its_place_in_a_sentence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (DOCS / "architecture.md").read_text()
    floors = {"markdown", "pymdown-extensions", "pygments"}
    for requirement in project["dependencies"]:
        name = requirement.split(">")[0]
        assert f"| {name} | " in page or name in floors, name


def test_every_plugin_option_is_documented():
    page = (DOCS / "reference.md").read_text()
    for name, option in vars(PapershelfOptions).items():
        if not isinstance(option, BaseConfigOption):
            continue
        assert (
            f"| `{name}` | {option.default if isinstance(option.default, int) else f'`{option.default}`'} | "
            in page
        )


@pytest.mark.parametrize("page", ["architecture.md", "extending.md", "python.md", "meaning.md"])
def test_every_file_that_is_named_exists(page):
    text = (DOCS / page).read_text()
    named = set(re.findall(r"`((?:generator|theme_overrides|tests|benchmarks)/[\w./-]*)`", text))
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_module_says_what_it_is():
    assert "| `generator/pipeline.py` | START HERE" in (DOCS / "modules.md").read_text()
    for path in (ROOT / "generator").rglob("*.py"):
        assert path.read_text(encoding="utf-8").startswith('"""'), path


def test_locked_files_name_no_registry():
    for path in (ROOT / "requirements").iterdir():
        text = path.read_text()
        assert "http" not in text
        assert "index-url" not in text
        assert "--hash=sha256:" in text
