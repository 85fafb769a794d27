"""The theme's scripts as they are served."""

import json
import subprocess

import pytest
from support import ROOT

from generator.theme import WORKER, find_theme, pack_script

SCRIPTS = [*sorted((find_theme() / "assets").rglob("*.js")), find_theme() / WORKER]


def list_literals(*texts):
    command = ["node", ROOT / "tests" / "literals.mjs"]
    result = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(result.stdout)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_packing_a_script_changes_none_of_its_texts(script):
    text = script.read_text(encoding="utf-8")
    assert list_literals(pack_script(text)) == list_literals(text)
