"""Reading without a network: visited pages and the search are there, and nothing old is beside anything new."""

import os
import shutil

import pytest
from browsing import serve, wait_until
from support import copy_index, mkdocs

WHOLE = """async () => {
    const { files } = await (await fetch("/index/search/index/files.json")).json();
    const kept = new Set((await (await caches.open("/index/.index")).keys()).map(({ url }) => url.split("/").pop()));
    return files.length > 20 && files.every((file) => kept.has(file));
}"""
KEPT = """async () => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(location.origin));
    const kept = await Promise.all([location.href, ...loaded].map((url) => caches.match(url.split(/[?#]/)[0])));
    return kept.every(Boolean);
}"""


@pytest.fixture
def site(own_site, tmp_path):
    """Return a folder with the files of the site, which a test may replace."""
    return shutil.copytree(own_site, tmp_path / "site", copy_function=os.link)


@pytest.fixture
def newer(build_once, tmp_path):
    """Return a folder with the files of the site as it is built with one more paper."""

    def make(place):
        index = copy_index(place / "index")
        (index / "content" / "papers" / "zebra.yml").write_text("title: Zebrafinches Sing Multimodally\n")
        return index

    return shutil.copytree(build_once("newer", make), tmp_path / "newer", copy_function=os.link)


def settle(page):
    """Wait until the worker is there and has kept what the page loaded."""
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    wait_until(page, KEPT)


def open_reader(browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(base)
    settle(page)
    return page


def keep_index(page, base):
    """Use the search once, and wait until the whole index is kept."""
    page.goto(base + "search/?q=video")
    page.locator(".ps-result").first.wait_for()
    wait_until(page, WHOLE)


def test_visited_pages_and_every_query_work_without_a_network(browser, site):
    with serve(site, "as they come") as base:
        page = open_reader(browser, base)
        name = page.locator("h1").inner_text()
        page.goto(base + "topics/captioning/")
        page.goto(base + "desk/")
        keep_index(page, base)
        kept = page.evaluate("Promise.all(['assets', 'pages'].map(async (name) => (await (await caches.open(`/index/.${name}`)).keys()).map(({ url }) => url)))")  # fmt: skip
        for code in ("/assets/ps-", ".woff2"):
            assert [[url for url in urls if code in url] != [] for urls in kept] == [True, False], "which pages never drive out"  # fmt: skip
    page.goto(base)
    assert page.locator("h1").inner_text() == name
    page.goto(base + "topics/captioning/")
    assert page.locator(".ps-facts").count() > 5
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith(
        '"Source Serif 4"'
    )
    page.goto(base + "search/?q=hallucination+benchmark")
    page.locator(".ps-result").first.wait_for()
    page.goto(base + "papers/4m-massively-multimodal-masked-modeling/")
    assert page.locator("h1").inner_text() == "You are offline"
    page.get_by_role("link", name="Home page").click()
    page.wait_for_url(base)
    assert page.locator("h1").inner_text() == name
    page.context.close()


def test_after_the_site_was_built_anew_no_old_index_stands_beside_a_new_page(browser, site, newer):
    with serve(site) as base:
        page = open_reader(browser, base)
        keep_index(page, base)
        old = page.evaluate(
            "caches.open('/index/.index').then((cache) => cache.keys()).then((keys) => keys.map(({ url }) => url))"
        )
        for name in ("search", "index.html", "new"):
            target = site / name
            shutil.rmtree(target) if target.is_dir() else target.unlink()
            (newer / name).rename(target)
        page.goto(base)  # a page of the new site, and not its search
        wait_until(
            page,
            """async (old) => {
            const kept = (await (await caches.open("/index/.index")).keys()).map(({ url }) => url);
            return kept.some((url) => !old.includes(url)) && old.filter((url) => url.endsWith(".bin") && !kept.includes(url)).length > 0;
        }""",
            arg=old,
        )
        wait_until(page, WHOLE)
    page.goto(base + "search/?q=zebrafinches")
    page.locator(".ps-result").first.wait_for()
    page.context.close()


def test_a_page_that_was_open_while_the_site_was_built_anew_reads_the_manifest_again(
    browser, site, newer, tmp_path
):
    with serve(site) as base:
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        page.goto(base + "search/?q=video")
        page.locator(".ps-result").first.wait_for()
        page.wait_for_load_state("networkidle")
        # By renaming, since a page that finds a part missing meanwhile loads again.
        (site / "search").rename(tmp_path / "former")
        (newer / "search").rename(site / "search")
        page.locator(".ps-box input").fill("zebrafinches")
        page.locator(".ps-result", has_text="Zebrafinches").wait_for()
        context.close()


def test_only_own_caches_and_workers_are_ever_removed(browser, site):
    with serve(site) as base:
        page = open_reader(browser, base)
        page.evaluate("caches.open('/index2/.pages')")
        page.evaluate("caches.open('other')")
        page.goto(base + "desk/")
        page.get_by_text("Backup and settings").click()
        page.get_by_label("Store visited pages").uncheck()
        wait_until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
        wait_until(page, "async () => (await caches.keys()).sort().join() === '/index2/.pages,other'")
        page.reload()
        page.wait_for_timeout(1500)
        assert page.evaluate("caches.keys()") == ["/index2/.pages", "other"]
        page.get_by_text("Backup and settings").click()
        page.get_by_label("Store visited pages").check()
        wait_until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 1")
        page.context.close()


def test_a_site_built_without_it_takes_an_older_worker_away(browser, small_index):
    on, off = small_index(), None
    assert mkdocs("build", "--strict", cwd=on).returncode == 0
    assert (on / "site" / "worker.js").is_file()
    config = (on / "mkdocs.yml").read_text()
    off = config.replace("- papershelf\n", "- papershelf: {offline: false}\n")
    assert off != config
    with serve(on / "site") as base:
        page = open_reader(browser, base)
        (on / "mkdocs.yml").write_text(off)
        assert mkdocs("build", "--strict", cwd=on).returncode == 0
        assert not (on / "site" / "worker.js").exists()
        page.goto(base)
        wait_until(
            page,
            "async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0",
        )
        page.context.close()


def test_downloads_are_not_kept(browser, site):
    with serve(site) as base:
        page = open_reader(browser, base)
        page.evaluate("fetch('data/papers.csv').then((answer) => answer.text())")
        page.wait_for_timeout(300)
        assert page.evaluate("caches.match('data/papers.csv')") is None
        page.context.close()


def test_where_storage_is_blocked_there_is_no_worker(browser, base):
    with browser.new_context() as context:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
        )
        page = context.new_page()
        page.goto(base + "about/")
        page.wait_for_timeout(2000)
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
