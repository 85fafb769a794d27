"""Two versions of a site on a host that lets browsers keep files for ten minutes: no page ever dies of a mixture of both."""

import contextlib
import functools
import json
import os
import re
import threading
import time
from http.server import ThreadingHTTPServer

import pytest
from browsing import PATIENCE, Quiet, wait_for, wait_until
from playwright.sync_api import Error
from support import mkdocs

LOADED = "performance.getEntriesByType('navigation')[0].type"
VERSION = """document.documentElement.dataset.desk !== undefined && document.readyState === "complete" && [
  document.documentElement.dataset.version ?? "one",
  getComputedStyle(document.documentElement).getPropertyValue("--version").trim() || "one",
]"""
"""Which version of scripts and of styles is on a page."""
CODE = re.compile(r"\.(?:js|css)(?:\?|$)")
RENAMED = (
    "siteUrl",
    "pageUrl",
    "sayNumber",
    "openMenu",
    "openHelp",
    "readPoints",
    "readBibtex",
    "openEngine",
)
"""What modules take from each other; in the second version it has another name."""
FORMATS = {"search/store.js": (6, "search/index/manifest.json"), "map/points.js": (1, "map/points.json")}  # fmt: skip
"""Scripts that read a file of their site, with the format of the first version, and that file."""


class Host(Quiet):
    """Serves a version of a site as GitHub Pages does."""

    def do_GET(self):  # noqa: N802 (the name of the method it extends)
        self.server.asked.append(self.path)
        super().do_GET()

    def end_headers(self):
        gone = self.server.gone and self.server.gone.search(self.path)
        self.send_header("Cache-Control", "no-store" if gone else "max-age=600")
        super().end_headers()

    def __init__(self, request, address, server):
        super().__init__(request, address, server, directory=str(server.folder))


@contextlib.contextmanager
def host(folder):
    """Serve a folder; `folder` and `gone` may change: the files that browsers lose before they lose pages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.folder, server.gone, server.asked = folder, None, []
    server.base = f"http://127.0.0.1:{server.server_port}/index/"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def change_everything(theme):
    """Make a second version of scripts and styles: every module depends on another one that has changed."""
    code = theme / "assets" / "papershelf"
    for script in code.rglob("*.js"):
        text = script.read_text()
        for name in RENAMED:
            text = re.sub(rf"\b{name}\b", f"{name}Two", text)
        script.write_text(text)
    for name, (old, _) in FORMATS.items():
        text = (code / name).read_text()
        assert f"const FORMAT = {old};" in text
        (code / name).write_text(text.replace(f"const FORMAT = {old};", f"const FORMAT = {old + 1};"))
    with (code / "start.js").open("a") as start:
        start.write('document.documentElement.dataset.version = "two";\n')
    with (code / "papershelf.css").open("a") as style:
        style.write(":root { --version: two; }\n")


@pytest.fixture(scope="module")
def build_versions(tmp_path_factory, make_small_index):
    """Return a function that makes two versions of a site, and says how it writes the address of a page."""

    @functools.cache
    def build(pretty):
        index = make_small_index(tmp_path_factory.mktemp("versions"), use_directory_urls=pretty)
        (index / "content" / "map.csv").write_text("id,x,y\nowls,100,200\nwrens,9000,400\nmice,4000,4000\n")
        built = {}
        for name in ("one", "two"):
            result = mkdocs("build", "--strict", "-q", "-d", f"site-{name}", cwd=index)
            assert result.returncode == 0, result.stderr
            built[name] = index / f"site-{name}"
            if name == "one":
                change_everything(index / "theme_overrides")
        for old, file in FORMATS.values():
            path = built["two"] / file
            values = json.loads(path.read_text())
            assert values["format"] == old
            path.write_text(json.dumps({**values, "format": old + 1}))
        for path in (path for site in built.values() for path in site.rglob("*")):
            os.utime(path, (0, 0))

        def address(page):
            path, mark, query = page.partition("?")
            if pretty or not path:
                return page
            folder = path.rstrip("/")
            is_index = (built["one"] / folder / "index.html").is_file()
            return f"{folder}/index.html{mark}{query}" if is_index else f"{folder}.html{mark}{query}"

        return built, address

    return build


@pytest.fixture
def versions(build_versions):
    return build_versions(pretty=True)


@pytest.fixture(params=["folders", "folders, worker", "files"])
def way(request, build_versions):
    """Return two versions with one way of writing addresses, whether the reader's browser has the worker, and pages to read."""
    pretty = request.param != "files"
    return (
        *build_versions(pretty=pretty),
        "worker" in request.param,
        {n: PAGES[n] for n in (PAGES if request.param == "folders" else FEWER)},
    )


def search(page):
    page.locator(".ps-box input").fill("ow")
    page.get_by_role("option").first.wait_for()


def open_more(page):
    if not page.get_by_role("dialog").is_visible():  # by a press that was waited for in vain
        page.locator("[data-do=more]").first.click()
    page.get_by_role("dialog").get_by_role("group").get_by_role("button").first.wait_for()  # read from a page


def open_help(page):
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def check_text(page):
    if not page.get_by_label("BibTeX", exact=True).is_visible():
        page.get_by_text("Paste BibTeX instead").click()
    page.get_by_label("BibTeX", exact=True).fill("@misc{a, title = {Owls at Night}}")
    page.get_by_role("button", name="Check this text").click()
    page.locator(".ps-check-item").first.wait_for()


def see(selector):
    return lambda page: page.locator(selector).first.wait_for()


PAGES = {
    "home": ("", search),
    "list": ("papers/?sort=newest", see(".ps-browse .ps-result")),
    "topic": ("topics/birds/", open_more),
    "paper": ("papers/owls/", open_help),
    "search": ("search/?q=owls", see(".ps-results .ps-result")),
    "map": ("map/", see(".ps-map__board canvas")),
    "desk": ("desk/", see("#ps-desk h2, #ps-desk p")),
    "compare": ("desk/compare/?papers=owls+wrens", see("#ps-compare table, main p")),
    "check": ("desk/check/", check_text),
    "new": ("new/", see("html[data-desk]")),
    "stats": ("stats/", see("html[data-desk]")),
    "text": ("about/", search),
}
"""A page of each kind, and what a reader does there that needs its scripts."""
FEWER = ("home", "topic", "paper", "search", "map", "check")
"""Pages at different depths, for the other ways: which scripts a page has depends neither on its address nor on the worker."""


def read_version(page):
    """Return which version of scripts and of styles is on a page, once its scripts have run; it may just load again."""

    def read():
        with contextlib.suppress(Error):
            return page.evaluate(VERSION)

    return wait_for(page, read, f"a script on {page.url}")


def start(browser, server, worker):
    """Open the home page as a reader who comes for the first time, and wait for the worker."""
    context = browser.new_context(service_workers="allow" if worker else "block")
    page = context.new_page()
    page.goto(server.base)
    wait_until(page, "document.documentElement.dataset.desk !== undefined")
    if worker:
        wait_until(page, "navigator.serviceWorker.controller !== null")
    return page


def go(page, url):
    """Go to a page as by a link: from the cache of the browser, where it is still good there.

    The page before may load itself again in the same moment, and that ends the way to the next one: go there once more.
    """
    for stop in ("about:blank", url):
        try:
            page.goto(stop)
        except Error as error:
            if "interrupted by another navigation" not in str(error):
                raise
            page.wait_for_load_state()
            page.goto(stop)


def visit(page, server, address, path):
    """Go to a page and wait until its scripts run."""
    go(page, server.base + address(path))
    wait_until(page, "document.documentElement.dataset.desk !== undefined")


def wait_for_second(page):
    """Wait until a page that may load again shows the second version."""
    wait_for(page, lambda: read_version(page) == ["two", "two"], page.url)


def use(page, act):
    """Do what a reader does, who tries again after the page has loaded again."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page.set_default_timeout(2000)
        try:
            act(page)
        except Error:
            continue
        finally:
            page.set_default_timeout(1000 * PATIENCE)
        return
    raise AssertionError(f"{page.url} is dead: {page.locator('main').inner_text()[:300]}")


def test_a_new_page_never_runs_an_old_script(browser, way):
    built, address, worker, pages = way
    with host(built["one"]) as server:
        page = start(browser, server, worker)
        for (
            path,
            act,
        ) in pages.values():  # with another query: the browser knows the scripts, and not the pages
            visit(page, server, address, f"{path}{'&' if '?' in path else '?'}before")
            act(page)
        server.folder = built["two"]
        said = []
        page.on("pageerror", lambda error: said.append(str(error)))
        for name, (path, act) in pages.items():
            visit(page, server, address, path or "?after")
            act(page)
            assert read_version(page) == ["two", "two"], name
            assert page.evaluate(LOADED) == "navigate", "and not loaded again"
        assert said == []
        page.context.close()


def test_an_old_page_whose_scripts_are_gone_becomes_the_new_one(browser, way):
    """The page comes from the cache and names scripts that the host has no more."""
    built, address, worker, pages = way
    with host(built["one"]) as server:
        server.gone = CODE
        page = start(browser, server, worker)
        for path, _ in pages.values():
            visit(page, server, address, path)
            assert read_version(page) == ["one", "one"]
        server.folder = built["two"]
        for name, (path, act) in pages.items():
            server.asked.clear()
            go(page, server.base + address(path))
            if not worker:
                wait_for_second(page)
                assert server.asked[0] != f"/index/{address(path)}", "the page came from the cache"
                act(page)
                assert read_version(page) == ["two", "two"], name
            else:  # which has the old scripts still
                use(page, act)
                assert len(set(read_version(page))) == 1, name
        page.context.close()


def test_a_page_that_is_open_during_a_deployment_goes_on(browser, way):
    """What a page loads only when it is needed is gone, or reads files of another format: the page loads again."""
    built, address, worker, _ = way
    for path, act in (PAGES["home"], PAGES["topic"], PAGES["paper"], PAGES["check"]):
        with host(built["one"]) as server:
            page = start(browser, server, worker)
            visit(page, server, address, path)
            assert read_version(page) == ["one", "one"]
            server.folder = built["two"]
            use(page, act)
            assert len(set(read_version(page))) == 1
            page.context.close()


def test_a_page_whose_style_is_gone_gets_it(browser, versions):
    built, address = versions
    with host(built["one"]) as server:
        server.gone = re.compile(r"\.css$")
        page = start(browser, server, worker=False)
        visit(page, server, address, "stats/")
        server.folder = built["two"]
        go(page, server.base + address("stats/"))
        wait_for_second(page)
        page.context.close()


@pytest.mark.parametrize("storage", [True, False], ids=["", "without storage"])
@pytest.mark.parametrize("newer", [False, True], ids=["the newest page", "never the newest page"])
def test_a_script_that_stays_missing_reloads_no_page_for_ever(browser, versions, storage, newer):
    """As where a network blocks it, or where a host answers now with the one version and now with the other."""
    built, _ = versions
    with host(built["one"]) as server:
        context = browser.new_context(service_workers="block")
        if not storage:
            context.add_init_script("for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });")  # fmt: skip
        page = context.new_page()
        page.route("**/start.js", lambda route: route.fulfill(status=404, body="gone"))
        if newer:
            page.route("**/index/", lambda route: route.fulfill(body="newer") if route.request.resource_type == "fetch" else route.continue_())  # fmt: skip
        page.goto(server.base)
        wait_for(page, lambda: server.asked.count("/index/") == 2)
        page.wait_for_load_state()
        page.wait_for_timeout(1000)  # in which it would load once more
        assert server.asked.count("/index/") == 2, "once more: as a page, or to see whether it is the newest"
        context.close()


def test_without_a_network_the_page_stays(browser, versions):
    built, address = versions
    with host(built["one"]) as server:
        page = start(browser, server, worker=False)
        visit(page, server, address, "papers/owls/")
        page.context.set_offline(True)
        with page.expect_event("requestfailed"):
            page.keyboard.press("?")
        page.wait_for_timeout(500)  # in which it would load again
        assert page.locator("h1").inner_text() == "Owls at Night"
        assert page.evaluate(LOADED) == "navigate"
        page.context.close()


@pytest.mark.parametrize("pretty", [True, False], ids=["folders", "files"])
def test_every_script_and_style_sheet_names_its_version(build_versions, pretty):
    """And stands where the page says."""
    built, _ = build_versions(pretty=pretty)
    for site in built.values():
        code = {
            path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in {".js", ".css"}
        }
        own = {path for path in code if path.startswith("assets/p")}
        (folder,) = {path.split("/")[1] for path in own if not path.startswith("assets/papershelf/")}
        assert re.fullmatch("ps-[0-9a-f]{8}", folder)
        assert code - own - {"worker.js"} == {path for path in code - own - {"worker.js"} if re.search(r"\.[0-9a-f]{8}\.min\.(?:js|css)$|/lunr/", path)}  # fmt: skip
        for page in site.rglob("*.html"):
            for named in re.findall(
                r"(?:src|href)=[\"']?([^\"' >]+\.(?:js|css)(?![\w.])[^\"' >]*)", page.read_text()
            ):
                assert (
                    page.parent / named.partition("?")[0]
                ).resolve().is_file() or page.name == "404.html", named
                assert folder in named or re.search(r"\.[0-9a-f]{8}\.min\.", named) or named.endswith(f"scheme.js?{folder[3:]}"), named  # fmt: skip
    assert len({path.name for site in built.values() for path in (site / "assets").glob("ps-*")}) == 2
