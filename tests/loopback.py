"""The rule that tests send nothing to another machine: `guard/` refuses it in every process, and a fixture fails the test."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from guard import sitecustomize as guard

_RECORD = Path(tempfile.mkdtemp(prefix="papershelf-tests-")) / "refused.txt"
os.environ[guard.RECORD] = str(_RECORD)
GUARD = str(Path(guard.__file__).parent)
"""The folder that child processes need in their PYTHONPATH."""
_PATHS = [GUARD, *filter(None, [os.environ.get("PYTHONPATH")])]
os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(_PATHS))


@pytest.fixture(autouse=True)
def refused():
    """Fail a test that would have sent something to another machine; what was refused is for tests of this rule."""
    yield _RECORD
    said = _RECORD.read_text() if _RECORD.exists() else ""
    _RECORD.unlink(missing_ok=True)
    assert not said, f"only loopback may be asked: {said}"


def pytest_unconfigure():
    """Leave nothing behind."""
    shutil.rmtree(_RECORD.parent, ignore_errors=True)
