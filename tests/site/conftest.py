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
