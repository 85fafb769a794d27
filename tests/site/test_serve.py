"""The preview: an edited, added and deleted record, topic or template shows."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

DEADLINE = 60


class Preview:
    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.log = folder / "serve.log"
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        self.base = f"http://127.0.0.1:{port}/"

    def read(self, path):
        try:
            with urllib.request.urlopen(self.base + path, timeout=10) as answer:  # noqa: S310 (a loopback address)
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return f"HTTP {error.code}"
        except urllib.error.URLError as error:
            return str(error.reason)

    def wait(self, path, shows):
        """Wait until a page shows what it should; fails after a minute."""
        end = time.monotonic() + DEADLINE
        while not shows(self.read(path)):
            assert time.monotonic() < end, f"{path} never showed the change:\n{self.log.read_text()[-2000:]}"
            time.sleep(0.2)


@pytest.fixture
def preview(small_index):
    folder = small_index(site_url="http://127.0.0.1/")
    config = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(config)
    running = Preview(folder)
    yield folder, running
    running.process.terminate()
    running.process.wait(timeout=20)


def test_every_kind_of_change_shows(preview):
    folder, running = preview
    owls = folder / "content" / "papers" / "owls.yml"
    running.wait("papers/owls/", lambda text: "Owls at Night" in text)
    owls.write_text(owls.read_text().replace("at Night", "at Dawn"))
    running.wait("papers/owls/", lambda text: "Owls at Dawn" in text)
    (folder / "content" / "papers" / "robins.yml").write_text("title: Robins in Snow\n")
    running.wait("papers/robins/", lambda text: "Robins in Snow" in text)
    (folder / "content" / "papers" / "robins.yml").unlink()
    running.wait("papers/robins/", lambda text: text == "HTTP 404")
    topics = folder / "content" / "topics.yml"
    topics.write_text(topics.read_text().replace("name: Birds", "name: Feathered friends"))
    running.wait("topics/birds/", lambda text: "Feathered friends" in text)
    frame = folder / "theme_overrides" / "partials" / "footer.html"
    frame.write_text(frame.read_text() + "<p>a new footer</p>")
    running.wait("", lambda text: "a new footer" in text)
    owls.write_text("title: [broken")
    time.sleep(1)
    owls.write_text("title: Owls again\n")
    running.wait("papers/owls/", lambda text: "Owls again" in text)
