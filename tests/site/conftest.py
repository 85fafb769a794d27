"""A real Chromium before the repository's own site."""

import os
import shutil

import pytest
from browsing import ARGUMENTS, reading, serve, wait_until
from playwright.sync_api import Page, sync_playwright

# Playwright's own evaluates a text inside the page, which the policy of our pages forbids.
Page.wait_for_function = wait_until


@pytest.fixture(scope="session")
def base(own_site):
    """Return the address of the repository's own site."""
    with serve(own_site) as address:
        yield address


@pytest.fixture(scope="session")
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
    with reading(browser, base) as opened:
        yield opened
