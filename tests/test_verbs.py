"""The list of verbs: each is where the table says, and none is loaded before it is called."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from generator.cli import VERBS, main

LOADED = """
import sys
from generator.cli import main
try:
    main(["--help"])
finally:
    print(*sorted(name for name in sys.modules if name.startswith("generator.")), file=sys.stderr)
"""


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_in_a_module_of_its_name(name):
    module, _, _ = VERBS[name][0].partition(".")
    command = main.get_command(None, name)
    assert command.name == name
    assert module.removesuffix("_papers") == name
    assert command.help
    assert command.callback.__module__ == f"generator.cli.{module}"


def test_what_is_no_verb_is_said():
    result = CliRunner().invoke(main, ["cast"])
    assert (result.exit_code, "No such command 'cast'" in result.output) == (2, True)


def test_the_list_of_verbs_loads_none_of_them():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["generator.cli", "generator.cli.exit_codes"]
    for name, (_, text) in VERBS.items():
        line = next(line for line in done.stdout.splitlines() if line.split()[:1] == [name])
        assert line.endswith(text)
