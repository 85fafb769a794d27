"""A reader's way through the site in a real browser."""

import functools
import http.server
import os
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Print nothing."""


@pytest.fixture(scope="module")
def base(own_site):
    """Serve the site under a sub-path on a loopback port, as GitHub Pages does."""

    class UnderPath(Quiet):
        def translate_path(self, path):
            return super().translate_path(
                path.removeprefix("/index") if path.startswith("/index/") else "/nothing"
            )

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(UnderPath, directory=str(own_site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    """Return Chromium: the one named by CHROMIUM, the system's, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser, base):
    """Return a page that fails the test on any console message and on any request to another host."""
    said = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.on(
        "console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None
    )
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request",
        lambda request: said.append(request.url) if not request.url.startswith((base, "data:")) else None,
    )
    opened.goto(base)
    yield opened
    context.close()
    assert said == []


def heading(page):
    return page.locator("article h1").inner_text()


def test_from_home_to_a_topic_to_a_paper_to_a_related_one_and_back(page, base):
    topic = page.locator("article a[href^='topics/']").first
    name = topic.inner_text()
    topic.click()
    assert heading(page) == name
    card = page.locator("article li:has(.ps-facts) > p > a").first
    title = card.inner_text()
    card.click()
    assert heading(page) == title
    assert page.locator("#topics + ul > li > a").filter(has_text=name).count() == 1
    related = page.locator("#related-papers + ul > li > a")
    assert related.count() == 5
    other = related.first.inner_text()
    assert "both speak of" in page.locator("#related-papers + ul > li").first.inner_text()
    related.first.click()
    assert heading(page) == other
    page.go_back()
    assert heading(page) == title
    page.go_back()
    assert heading(page) == name
    page.go_back()
    assert page.url == base


def test_dark_is_dark_and_is_kept(page, base):
    def background():
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = background()
    page.locator("label[for=__palette_1]").click()
    dark = background()
    assert dark != light
    page.goto(base + "topics/")
    assert background() == dark


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
@pytest.mark.parametrize(
    "path", ["", "papers/", "topics/", "topics/video/", "years/", "about/", "contribute/"]
)
def test_no_page_is_wider_than_its_window(page, base, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_paper_is_wider_than_a_phone(page, base):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(base + "papers/")
    papers = page.locator("article li:has(.ps-facts) > p > a").evaluate_all(
        "nodes => nodes.slice(0, 20).map(a => a.href)"
    )
    assert len(papers) == 20
    for url in papers:
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, url
