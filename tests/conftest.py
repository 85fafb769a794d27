"""What tests share: shelves on disk, indexes of invented papers, sites built from them."""

import functools
import gc
import os
import re
import shutil
import textwrap

import pytest
from hypothesis import HealthCheck, Phase, settings
from loopback import pytest_unconfigure, refused  # noqa: F401 (pytest finds them here)
from support import LISTINGS, ROOT, copy_index, list_pages, papershelf

# Nothing is timed, since the machine may be busy, and every run tries the same examples.
settings.register_profile(
    "same", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None
)
settings.register_profile(  # `make explore`: other examples in every run, and many of them
    "explore", settings.get_profile("same"), derandomize=False, max_examples=1000, print_blob=True
)
settings.register_profile(  # `make quick`: a fifth of the examples
    "quick", settings.get_profile("same"), max_examples=20
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


def list_headings(text):
    """Return the headings of a page, which other pages link to; MkDocs takes half of a build for the documentation."""
    without_code = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n\n".join(line for line in without_code.split("\n") if line.startswith("#"))


def write_index(folder, **config):
    """Make a small index in a folder with the given settings, and return where it is. Without settings of the plugin, its search
    has no vectors of words, which are a thousand files."""
    content = folder / "parts"
    for key, text in PAPERS.items():
        path = content / "papers" / f"{key}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (content / "topics.yml").write_text(TOPICS)
    for page in list_pages():
        target = content / page.relative_to(ROOT / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = page.read_text()
        target.write_text(list_headings(text) if target.parent.name == "docs" else text)
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
