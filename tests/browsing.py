"""A site as a browser sees it: served under a sub-path on a loopback port, with everything that the console says."""

import contextlib
import functools
import http.server
import io
import re
import threading
import time
from pathlib import Path

from playwright.sync_api import Error
from support import ROOT

PATIENCE = 120
"""How many seconds what should happen may take: a machine may be busy."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules that dark may break where light does not: the same nodes are on the page."""
SETTLED = """() => {
    const more = document.querySelector(":is(#ps-search, .ps-browse) .ps-more:has(button)"), box = more?.getBoundingClientRect();
    return !document.querySelector("[aria-busy]") && !(box && box.top <= 1.5 * innerHeight && box.bottom >= 0);
}"""
"""Whether a search has ended and its list, which grows by itself while its end is near the window, is as long as it gets."""
RUN_AXE = """([tags, but]) => axe.run(document, {runOnly: tags, rules: Object.fromEntries(but.map((rule) => [rule, { enabled: false }])), resultTypes: ["violations"]}).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary])))"""


UNTOLD = (
    "blocked by Playwright",
    "preloaded using link preload but not used within a few seconds",  # by a busy machine; a test counts requests
)
"""What the console says of the test and not of the page."""


FONTS = {
    "system": lambda css: re.sub(r"@font-face\s*{[^}]*}", "", css),
    "waited for": lambda css: re.sub(r"font-display:\s*optional", "font-display:block", css),
    "as they come": lambda css: css,
}
"""What becomes of the style sheet. Most tests see the fonts of a reader whose system has none that ours are like and who gets none of
ours. Whether a font comes before the first paint is chance, so tests that need ours wait for them."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under `/index/`, and nothing else, as GitHub Pages does for a project. `adapt` is given the style sheet."""

    def __init__(self, *arguments, adapt=FONTS["system"], **options):
        self.adapt = adapt
        super().__init__(*arguments, **options)

    def log_message(self, *_):
        """Print nothing."""

    def handle(self):
        """Answer, whether or not the reader still listens."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def send_head(self):
        """Answer in full, whenever the browser was here before: a second may have two builds."""
        del self.headers["If-Modified-Since"]
        file = Path(self.translate_path(self.path))
        if file.name != "papershelf.css" or not file.is_file():
            return super().send_head()
        body = self.adapt(file.read_text()).encode()
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", "text/css")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self):
        """Let fonts be kept for ten minutes, as GitHub Pages lets everything."""
        if self.path.endswith(".woff2"):
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def translate_path(self, path):
        return super().translate_path(
            path.removeprefix("/index") if path.startswith("/index/") else "/nothing"
        )


@contextlib.contextmanager
def serve(folder, fonts="system"):
    """Serve a folder with fonts as in `FONTS`, and give its address."""
    handler = functools.partial(Quiet, directory=str(folder), adapt=FONTS[fonts])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index/"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def reading(browser, base, **context):
    """Open a small file of a site, whose storage can then be filled, without the site's service worker.

    What the console says, requests to other hosts and anything but GET fail the test.
    """
    said = []
    usual = {"viewport": {"width": 1280, "height": 900}, "service_workers": "block"}
    opened = browser.new_context(**usual | context)
    page = opened.new_page()
    page.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type in {"error", "warning"} and not any(words in message.text for words in UNTOLD)
            else None
        ),
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            said.append(request.url)
            if request.method != "GET" or not request.url.startswith((base, "data:", "blob:"))
            else None
        ),
    )
    page.goto(f"{base}search/index/manifest.json")
    yield page
    opened.close()
    assert said == [], said


def wait_until(page, expression, arg=None):
    """Wait until an expression, which may be a promise, is true; the page may be on its way to another one."""
    wait_for(page, lambda: _evaluate(page, expression, arg), expression)


def wait_for(page, check, what="what is waited for"):
    """Wait until a function returns something true, and return that; the page goes on meanwhile."""
    end = time.monotonic() + PATIENCE
    while not (found := check()):
        assert time.monotonic() < end, f"never true: {what}"
        page.wait_for_timeout(50)
    return found


def _evaluate(page, expression, arg):
    try:
        return page.evaluate(expression, arg)
    except Error as error:
        if "context was destroyed" in error.message:
            return False
        raise


def shade(page, scheme):
    """Let the system be light or dark, and wait until the page is; nothing fades."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    wait_until(
        page,
        "name => document.body.dataset.mdColorScheme === name",
        {"light": "default", "dark": "slate"}[scheme],
    )


def results(page):
    """Return the titles of the results, once the search has ended and no more come by themselves."""
    said = "/found(, [0-9,]+ with all words)?$|^All /.test(document.querySelector('.ps-status-line')?.textContent)"
    wait_until(page, f"({SETTLED})() && {said}")
    return page.locator(".ps-result > p:first-child > a").all_inner_texts()


@contextlib.contextmanager
def touching(page):
    """Let the screen be one that fingers touch."""
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    wait_until(page, "matchMedia('(pointer: coarse)').matches")
    yield
    tools.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    wait_until(page, "!matchMedia('(pointer: coarse)').matches")
    tools.detach()
