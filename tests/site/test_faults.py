"""What is promised of errors and of surroundings, a few trials of each; `python -m benchmarks.faults` makes all of them."""

import json
import subprocess
import sys

import pytest
from support import ROOT

CASES = ("killed", "read-only", "plugins", "cache", "commands killed")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return what one trial of each error came to."""
    file = tmp_path_factory.mktemp("faults") / "report.json"
    only = [part for case in CASES for part in ("--only", case)]
    command = [sys.executable, "-m", "benchmarks.faults", "--few", "1", "--kills", "1", "--json", file, *only]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500)
    assert file.exists(), result.stderr
    return json.loads(file.read_text())["cases"]


@pytest.mark.skipif(sys.platform != "linux", reason="the faults are made with what Linux has")
@pytest.mark.parametrize("case", CASES)
def test_faults_are_survived(report, case):
    assert report[case]["faults"] == []
    assert report[case]["survived"] == report[case]["tried"] > 0
