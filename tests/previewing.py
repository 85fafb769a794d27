"""A preview as a person runs it: a server in a process of its own, asked until it shows what it should."""

import contextlib
import http.client
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

from browsing import PATIENCE
from commands import Running, start_server
from support import find_port


class Preview:
    def __init__(self, folder, port):
        self.log = folder / "serve.log"
        self.base = f"http://127.0.0.1:{port}/"

    def read(self, path):
        try:
            with urllib.request.urlopen(self.base + path, timeout=PATIENCE) as answer:  # noqa: S310 (a loopback address)
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return f"HTTP {error.code}" if error.code != 404 else f"HTTP 404\n{error.read().decode()}"
        except (OSError, http.client.HTTPException) as error:
            return str(error)

    def wait(self, path, shows):
        """Return a page as soon as it shows what it should."""
        end = time.monotonic() + PATIENCE
        while not shows(text := self.read(path)):
            assert time.monotonic() < end, f"{path} never showed the change:\n{text}\n{self.log.read_text()[-2000:]}"  # fmt: skip
            time.sleep(0.1)
        return text


@contextlib.contextmanager
def serving(folder, module="mkdocs", *options):
    """Serve an index, and give its preview."""
    running = Preview(folder, find_port())
    address = running.base.removeprefix("http://").strip("/")
    command = [module, ["serve", "--dev-addr", address, *options], str(folder), dict(os.environ)]
    with Path(os.devnull).open() as nothing, running.log.open("w") as log:
        streams = [nothing.fileno(), log.fileno(), log.fileno()]
        with Running(start_server(), command, streams):
            yield running
