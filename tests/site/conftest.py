"""What tests of whole sites share: a real browser, and a server for it."""

import contextlib
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

    def handle(self):
        """Answer, whether or not the reader still listens."""
        with contextlib.suppress(ConnectionError):
            super().handle()


@contextlib.contextmanager
def _serve(site):
    """Serve a site under a sub-path on a loopback port, as GitHub Pages does."""

    class UnderPath(Quiet):
        def translate_path(self, path):
            return super().translate_path(
                path.removeprefix("/index") if path.startswith("/index/") else "/nothing"
            )

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(UnderPath, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def base(own_site):
    """Return the address of the project's own site."""
    with _serve(own_site) as address:
        yield address


@pytest.fixture
def serve():
    """Return a context manager that serves a site and gives its address."""
    return _serve


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
