"""What keeps the project going says what is so: the citation, the hooks, the pages and who is asked."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from support import ROOT

import generator
from generator import __version__, limits

TOOLS = Path(sys.executable).parent


def test_the_citation_says_what_the_project_says_and_nothing_else():
    given = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert given["version"] == __version__
    assert (given["title"].lower(), given["abstract"], given["license"]) == (project["name"], project["description"], project["license"])  # fmt: skip
    assert given["keywords"] == project["keywords"]
    assert f"Copyright (c) 2026 {given['authors'][0]['name']}\n" in (ROOT / "LICENSE").read_text()
    assert "doi" not in given
    schema = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.citation-file-format", ROOT / "CITATION.cff"]  # fmt: skip
    subprocess.run(schema, check=True, capture_output=True)


def test_the_hooks_run_what_there_is():
    subprocess.run([TOOLS / "pre-commit", "validate-config"], cwd=ROOT, check=True, capture_output=True)
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repo["repo"] == "local"
    makefile = (ROOT / "Makefile").read_text()
    for hook in repo["hooks"]:
        words = hook["entry"].split()
        known = f"\n{words[1]}:" in makefile if words[0] == "make" else (ROOT / words[0]).exists()
        assert known, hook["entry"]
    assert {hook["id"] for hook in repo["hooks"]} == {"records", "lint", "types", "workflows"}


def test_the_documentation_is_reached_from_every_footer():
    """The footer lists the pages of the navigation's sections."""
    config = yaml.unsafe_load((ROOT / "mkdocs.yml").read_text().replace("!ENV", ""))
    (about,) = (item["About"] for item in config["nav"] if "About" in item)
    assert {"Documentation": "docs/index.md"} in about
    index = (ROOT / "content" / "docs" / "index.md").read_text()
    for page in (ROOT / "content" / "docs").glob("*.md"):
        assert page.name == "index.md" or f"]({page.name})" in index, page.name


def test_every_limit_is_kept_somewhere():
    code = "\n".join(
        p.read_text() for p in Path(generator.__file__).parent.rglob("*.py") if p.name != "limits.py"
    )
    names = [name for name, value in vars(limits).items() if name.isupper() and isinstance(value, int)]
    listed = {limit.number for limit in limits.LIMITS}
    for name in set(names) - {"MIB"}:
        assert re.search(rf"\b{name}\b", code), name
        assert getattr(limits, name) in listed, name
