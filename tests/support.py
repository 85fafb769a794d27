"""How tests reach the project as a user does: its commands, its own index, the real listings."""

import contextlib
import hashlib
import itertools
import os
import shutil
import socket
from pathlib import Path, PurePath
from urllib.parse import urljoin

import yaml
from commands import run_module
from hypothesis import settings
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
LISTINGS = sorted((SHARED / "listings").glob("*.txt"))


_PORTS = itertools.islice(itertools.cycle(range(10_000, 32_000)), os.getpid() * 997 % 22_000, None)


def find_port():
    """Return a free port, of those that no system gives to a connection, which could take it before its server does."""
    for port in _PORTS:
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise AssertionError


def run(module, *arguments, cwd=None, env=None):
    """Run a module of the set-up environment; the result has its exit code and what it printed."""
    return run_module(module, [*map(str, arguments)], cwd=cwd or ROOT, env=env)


def papershelf(*arguments, cwd=None):
    return run("generator", *arguments, cwd=cwd)


def mkdocs(*arguments, cwd, env=None):
    return run("mkdocs", *arguments, cwd=cwd, env=env)


def copy_index(target, *, content=None, **config):
    """Copy the repository's own index to a folder, with another content folder and other settings if given."""
    shutil.copytree(content or ROOT / "content", target / "content")
    shutil.copytree(ROOT / "theme_overrides", target / "theme_overrides")
    values = yaml.unsafe_load((ROOT / "mkdocs.yml").read_text().replace("!ENV", ""))
    values |= {
        "site_url": "https://example.org/index/",
        "repo_url": "https://example.org/owner/shelf",
    } | config
    (target / "mkdocs.yml").write_text(yaml.safe_dump({k: v for k, v in values.items() if v is not None}))
    return target


def list_pages():
    """Return the hand-written pages of the repository's own index."""
    return [
        page for page in (ROOT / "content").rglob("*.md") if page.parent.name not in {"digests", "overviews"}
    ]


def fingerprint(folder):
    """Return the digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def share(percentage):
    """Return so much of the number of examples that tests of properties try, which `make explore` makes ten times larger."""
    return settings().max_examples * percentage // 100


def read_page(site, file):
    """Return a page of a built site as a tree, with links from the root of the site: two relative links may lead to one page."""
    tree = LexborHTMLParser((site / file).read_text(encoding="utf-8"))
    here = "/" + PurePath(file).as_posix().removesuffix("index.html")
    for link in tree.css("article a[href]"):
        link.attrs["href"] = urljoin(here, link.attributes["href"])
    return tree
