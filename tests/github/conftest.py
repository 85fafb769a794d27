"""A clone of an invented index."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from jobs import ROOT, Clone


@pytest.fixture(scope="module")
def server():
    """Return the address of the loaded command."""
    with tempfile.TemporaryDirectory() as place:  # its path is short, as that of a socket must be
        address = f"{place}/command"
        command = [sys.executable, str(Path(__file__).parent / "server.py"), address]
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
        while not Path(address).exists():
            assert process.poll() is None
            time.sleep(0.05)
        yield address
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def first_clone(tmp_path_factory, server):
    """Return a clone that no test touches."""
    return Clone(tmp_path_factory.mktemp("index"), server)


@pytest.fixture
def clone(first_clone, tmp_path):
    """Return a copy of the clone with an origin of its own."""
    return first_clone.copy_to(tmp_path)
