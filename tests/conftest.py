"""What tests share: shelves on disk, indexes of invented papers, sites built from them."""

import functools
import gc
import os
import re
import shutil
import tempfile
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from loopback import pytest_unconfigure, refused  # noqa: F401 (pytest finds them here)
from support import LISTINGS, ROOT, copy_index, papershelf

# Nothing is timed, since the machine may be busy, and every run tries the same examples.
settings.register_profile(
    "same", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None
)
settings.register_profile(  # `make explore`: other examples in every run, and many of them
    "explore", settings.get_profile("same"), derandomize=False, max_examples=1000, print_blob=True
)
settings.register_profile(  # `make quick`: a tenth of the examples
    "quick", settings.get_profile("same"), max_examples=10
)
settings.register_profile(  # for mutation testing: few examples, and the first that fails is enough
    "hasty", settings.get_profile("same"), phases=(Phase.explicit, Phase.generate), max_examples=20
)
settings.load_profile("same")

PAPERS = {
    "owls": "title: Owls at Night\nsummary: Owls hunt mice. They hear them.\npublished: '2024-05-01'\ntopics: [birds]\n",
    "wrens": "title: Wrens by Day\nsummary: Wrens hunt spiders. They see them.\nlinks:\n  code: https://github.com/owner/wrens\n",
    "mice": "title: Mice that Hear Owls\nkind: survey\nauthors: [Jane Doe, Team Mouse]\nstatus: withdrawn\nstatus_note: The mice left.\n",
}
TOPICS = "- id: birds\n  name: Birds\n  description: Animals that fly.\n  rules: [owl, wren]\n  start_here: [owls]\n"


MEMORY = Path("/dev/shm")  # noqa: S108 (tests write below it as they would below the usual folder)
ROOM = 6 << 30
"""The bytes that must be free there. The files of all tests together have 1.3 GB, and few of them are kept to the end."""


def pytest_configure():
    """Let processes share the processors by number, and keep temporary files in memory, where there is room.

    A process computes with one thread, since the tests run in one process more than there are processors: threads that
    wait for each other took a tenth of the time. Writing a small file to a disk can take ten times as long.
    """
    os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    chosen = {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"} & os.environ.keys()
    if chosen or not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return
    system = os.statvfs(MEMORY)
    if system.f_bavail * system.f_frsize > ROOM and not system.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_collection_finish():
    """Keep the garbage collector from going through thousands of collected tests again and again, a sixth of the whole."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _places_of_their_own(tmp_path_factory):
    """Keep what the program keeps on a machine apart from that of the user who runs the tests."""
    for name in ("STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(tmp_path_factory.mktemp(name.lower()))


@pytest.fixture
def shelf_on_disk(tmp_path):
    """Return a function that writes files below a content folder and returns the folder."""

    def write(files):
        for name, text in files.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                path.write_bytes(text)
            else:
                path.write_text(textwrap.dedent(text), encoding="utf-8")
        (tmp_path / "content").mkdir(exist_ok=True)
        return tmp_path / "content"

    return write


def read_pages():
    """Return the hand-written pages of the small index by their paths: of the documentation, which takes MkDocs half of a build,
    only the pages that others link to, and of these only the headings that a link may name."""
    pages = {path.name: path.read_text() for path in (ROOT / "content").glob("*.md")}
    for name in {"docs/index.md", *re.findall(r"\]\((docs/[\w-]+\.md)", "".join(pages.values()))}:
        text = (ROOT / "content" / name).read_text()
        pages[name] = "\n\n".join(re.findall(r"^##? .*", re.sub(r"(?ms)^```.*?^```", "", text), re.MULTILINE))
    return pages


def write_index(folder, **config):
    """Make a small index in a folder with the given settings, and return where it is. Without settings of the plugin, its search
    has no vectors of words, which are a thousand files."""
    content = folder / "parts"
    for key, text in PAPERS.items():
        path = content / "papers" / f"{key}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (content / "topics.yml").write_text(TOPICS)
    (content / "docs").mkdir()
    for name, text in read_pages().items():
        (content / name).write_text(text)
    return copy_index(folder / "small", content=content, **{"plugins": ["papershelf"]} | config)


@pytest.fixture
def small_index(tmp_path):
    """Return a function that makes a small index with the given settings and returns its folder."""
    return functools.partial(write_index, tmp_path)


@pytest.fixture(scope="session")
def make_small_index():
    """Return the same function, for a folder that outlives a test."""
    return write_index


@pytest.fixture(scope="session")
def real_content(tmp_path_factory):
    """Return a content folder with the real listings imported, abstracts and all."""
    if not LISTINGS:
        pytest.skip("the saved listings are not beside this checkout")
    content = tmp_path_factory.mktemp("real") / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("papers"))
    result = papershelf("import", "listing", *LISTINGS, "--captured", "2025-12-08", "--content", content)
    assert result.returncode == 0, result.stderr
    return content
