"""Whole sites, each built once for all tests and workers of a session, and a real Chromium before them."""

import functools
import json
import os
import shutil

import invented
import pytest
from browsing import ARGUMENTS, PATIENCE, reading, serve, wait_until
from filelock import FileLock
from font_sets import FONT_SETS, write_fontconfig
from playwright.sync_api import Browser, Page, sync_playwright
from support import copy_index, mkdocs

# Playwright's own evaluates a text inside the page, which the policy of our pages forbids.
Page.wait_for_function = wait_until


def _be_patient(opening):
    """Have what a browser opens wait for as long as all tests do."""

    @functools.wraps(opening)
    def open_patient(*arguments, **options):
        opened = opening(*arguments, **options)
        opened.set_default_timeout(1000 * PATIENCE)
        return opened

    return open_patient


Browser.new_context, Browser.new_page = map(_be_patient, (Browser.new_context, Browser.new_page))


@pytest.fixture(scope="session")
def build_once(tmp_path_factory):
    """Return a function that has a folder with an index made and built, unless a worker has done it, and returns its site."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def build(name, make):
        folder = shared / name
        with FileLock(f"{folder}.lock"):
            if not (folder / "built").exists():
                shutil.rmtree(folder, ignore_errors=True)
                index = make(folder)
                result = mkdocs("build", "--strict", cwd=index)
                assert result.returncode == 0, result.stdout + result.stderr
                assert "Page skipped" not in result.stdout + result.stderr
                (folder / "built").write_text(index.name)
        return folder / (folder / "built").read_text() / "site"

    return build


@pytest.fixture(scope="session")
def own_site(build_once):
    """Return the site built from the repository's own content, in strict mode."""
    return build_once("own", lambda folder: copy_index(folder / "index"))


@pytest.fixture(scope="session")
def small_site(build_once, make_small_index):
    """Return a function that gives the site of the small index with some settings; nobody may change it."""

    def build(**config):
        name = "-".join(
            ["small", *"".join(c if c.isalnum() else " " for c in json.dumps(config, sort_keys=True)).split()]
        )
        return build_once(name, lambda folder: make_small_index(folder, **config))

    return build


def add_facts(path, facts):
    path.write_text(f"{path.read_text()}extra: {facts}\n")


@pytest.fixture(scope="session")
def full_site(build_once, make_small_index):
    """Return a site whose records and topics have all facts that there are, with lists of several pages."""

    def make(place):
        folder = make_small_index(place, plugins=[{"papershelf": {"per_page": 2}}])
        (folder / "content" / "papers" / "all-facts.yml").write_text(invented.RECORD)
        (folder / "content" / "papers" / "gone.yml").write_text(invented.REMOVED)
        (folder / "content" / "figures").mkdir()
        (folder / "content" / "figures" / "owls.png").write_bytes(invented.PNG)
        (folder / "content" / "urls.txt").write_text(invented.LEDGER)
        (folder / "content" / "overviews").mkdir()
        (folder / "content" / "overviews" / "birds.md").write_text(invented.OVERVIEW)
        (folder / "content" / "digests").mkdir()
        (folder / "content" / "digests" / "2025-01-02.md").write_text(invented.DIGEST)
        (folder / "content" / "glossary.yml").write_text(invented.GLOSSARY)
        (folder / "content" / "paths.yml").write_text(invented.PATHS)
        (folder / "content" / "shelf.yml").write_text(invented.FIELDS)
        (folder / "content" / "tables.yml").write_text(invented.TABLES)
        add_facts(folder / "content" / "papers" / "owls.yml", "{tests: Wind, nests: '700'}")
        add_facts(folder / "content" / "papers" / "wrens.yml", "{tests: Rain}")
        with (folder / "content" / "topics.yml").open("a") as topics:
            topics.write(invented.TOPICS)
        return folder

    return build_once("full", make)


@pytest.fixture(scope="session")
def base(own_site, fonts):
    """Return the address of the repository's own site."""
    with serve(own_site, FONT_SETS[fonts].served) as address:
        yield address


@pytest.fixture(scope="session")
def arriving(own_site):
    """Return the address of the repository's own site with its fonts as they come, before the first paint or after it."""
    with serve(own_site, "as they come") as address:
        yield address


@pytest.fixture(scope="session")
def browsers(tmp_path_factory):
    """Return a function that gives Chromium with a set of fonts: the one named by CHROMIUM, the system's, else Playwright's own."""
    programs = map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))
    path = os.environ.get("CHROMIUM") or next(filter(None, programs), None)
    running = {}

    def start(name):
        if name not in running:
            file = write_fontconfig(name, tmp_path_factory.mktemp(name))
            running[name] = playwright.chromium.launch(
                executable_path=path,
                args=ARGUMENTS,
                env=os.environ | {"FONTCONFIG_FILE": str(file)},
                timeout=1000 * PATIENCE,
            )
        return running[name]

    with sync_playwright() as playwright:
        yield start
        for browser in running.values():
            browser.close()


@pytest.fixture(scope="session")
def fonts(request):
    """Return the set of fonts that `browser` has; tests of layout are parametrised with all of them (`EACH_FONT_SET`)."""
    return getattr(request, "param", "wide")


@pytest.fixture(scope="session")
def browser(browsers, fonts):
    """Return Chromium with the fonts of the tests, and none of the machine's."""
    return browsers(fonts)


@pytest.fixture
def page(browser, base):
    """Return a page that fails the test on any console message and on any request to another host."""
    with reading(browser, base) as opened:
        yield opened
