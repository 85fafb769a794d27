"""The paths of the site are written in `generator/urls/` and nowhere else."""

import ast
import re
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
SPELLS = re.compile(
    r"(?:\.\./)*(?:papers|topics|years|data|search|map|new|desk|stats|cards)/|.*\b(?:feed\.(?:xml|json)|arrivals\.json)"
)


def list_texts(tree):
    """Yield the texts of a module with their lines, and not its documentation."""
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def find_spelled(text):
    return [
        (line, said)
        for line, said in list_texts(ast.parse(text))
        if SPELLS.match(said) and " " not in said and not said.endswith(".js")  # a script of the theme
    ]


def test_no_other_module_spells_a_path_of_the_site():
    modules = [path for path in GENERATOR.rglob("*.py") if path.parent.name != "urls"]
    found = {
        f"{path.relative_to(GENERATOR.parent)}:{line}": said
        for path in modules
        for line, said in find_spelled(path.read_text())
    }
    assert found == {}


def test_no_template_spells_a_path_of_the_site():
    for path in (GENERATOR / "pages" / "templates").iterdir():
        assert not re.search(
            r"href=\"(?:papers|topics|years|search)/|feed\.(?:xml|json)", path.read_text()
        ), path


@pytest.mark.parametrize("text", ["x = f'papers/{key}/'", "x = 'topics/owls.md'", "x = up + 'feed.xml'"])
def test_what_spells_a_path_is_found(text):
    assert find_spelled(text)
