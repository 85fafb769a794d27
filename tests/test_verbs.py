"""The list of verbs: each is where the table says, and none is loaded before it is called."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from generator.cli import VERBS, main
from generator.limits import SHOWN

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


def test_of_many_problems_of_one_kind_a_report_shows_the_first_and_counts_the_others(tmp_path):
    (tmp_path / "owls.bib").write_text(
        "@misc{a, note = {no title}}\n" * (SHOWN + 2) + "@misc{b, title = {Owls\n"
    )
    command = ["import", "bibtex", str(tmp_path / "owls.bib"), "--content", str(tmp_path / "content")]
    said = CliRunner().invoke(main, command).output
    assert said.count("error [missing-field]") == SHOWN + 1
    assert f"… and 2 more of error [missing-field]: only the first {SHOWN} are shown" in said
    assert said.count("error [broken-entry]") == 1
    report = json.loads(CliRunner().invoke(main, [*command, "--format", "json"]).stdout)
    assert [problem["code"] for problem in report["problems"]].count("missing-field") == SHOWN + 2


def test_an_import_of_files_loads_neither_the_network_nor_what_topics_are_counted_with():
    code = "import sys, generator.cli.import_papers; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"urllib3", "numpy", "snowballstemmer"} & set(loaded.split())
