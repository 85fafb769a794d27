"""A site as GitHub Pages serves it, on a loopback port: text packed by gzip, connections kept open, ten minutes of cache.

It speaks HTTP/1.1: a browser opens six connections to a host, each has to be made (`connect_s`), and carries one answer
at a time. GitHub Pages speaks HTTP/2, where one connection carries all answers side by side: many small files cost less.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import mimetypes
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

BELOW = "/index/"
_PACKED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")
_TYPES = {".js": "text/javascript", ".bin": "application/octet-stream", ".md": "text/markdown"}
_LEVEL = 6


@functools.cache
def _read(path: Path) -> tuple[bytes, str, bool]:
    """Return what a file is sent as: its bytes, its type, and whether they are packed."""
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = kind.startswith(_PACKED)
    body = path.read_bytes()
    return (gzip.compress(body, _LEVEL, mtime=0) if packed else body), kind, packed


class _Host(http.server.BaseHTTPRequestHandler):
    """Answers for the files of one folder."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together
    disable_nagle_algorithm = True

    def __init__(self, *arguments: object, folder: Path, connect_s: float) -> None:
        self._folder = folder
        self._connect_s = connect_s
        super().__init__(*arguments)  # type: ignore[arg-type]  # as the server calls it

    def do_GET(self) -> None:
        """Send a file, or the page that says that there is none."""
        path = self._folder / unquote(urlsplit(self.path).path).removeprefix(BELOW)
        path = path / "index.html" if path.is_dir() else path
        known = self.path.startswith(BELOW) and path.is_file() and path.is_relative_to(self._folder)
        body, kind, packed = _read(path if known else self._folder / "404.html")
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        """Answer on one connection, whether or not the browser still listens."""
        time.sleep(self._connect_s)
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextlib.contextmanager
def host(folder: Path, connect_s: float = 0) -> Iterator[str]:
    """Serve a built site below a sub-path, as a project's site is, and give its address; a new connection takes so many seconds."""
    handler = functools.partial(_Host, folder=folder, connect_s=connect_s)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        finally:
            server.shutdown()
