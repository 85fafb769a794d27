"""A clone of an invented index."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from jobs import Clone


@pytest.fixture(scope="module")
def first_clone(tmp_path_factory):
    """Return a clone that no test touches."""
    return Clone(tmp_path_factory.mktemp("index"))


@pytest.fixture
def clone(first_clone, tmp_path):
    """Return a copy of the clone with an origin of its own."""
    return first_clone.copy_to(tmp_path)
