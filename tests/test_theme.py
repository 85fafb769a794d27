"""The theme's scripts as they are served."""

import json
import subprocess

from support import ROOT

from generator.theme import WORKER, find_theme, pack_script

SCRIPTS = [*sorted((find_theme() / "assets").rglob("*.js")), find_theme() / WORKER]


def list_literals(*texts):
    command = ["node", ROOT / "tests" / "literals.mjs"]
    result = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(result.stdout)


def test_packing_a_script_changes_none_of_its_texts():
    texts = [script.read_text(encoding="utf-8") for script in SCRIPTS]
    packed, given = list_literals(*map(pack_script, texts)), list_literals(*texts)
    assert dict(zip(SCRIPTS, packed, strict=True)) == dict(zip(SCRIPTS, given, strict=True))
