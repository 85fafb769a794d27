"""The check of the living site: what it has published is compared, and every kind of wrong answer is said in words."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.network.client import Client
from generator.network.errors import Limits, NoAnswerError
from generator.network.live_site import fetch_ledger

GOOD = "# Head\n./\tBirds\npapers/owls/\tOwls\tdoi:10.1000/owls\npapers/gone/\tGone Owls\nold/\tOld page\t\tremoved\n"


@pytest.fixture
def site():
    """Return a server that gives one answer at the place of the ledger: a status and bytes, or what a function does."""

    class Handler(BaseHTTPRequestHandler):
        answer = (200, GOOD.encode())

        def do_GET(self):
            if self.path != "/index/data/urls.txt":
                self.send_error(404)
                return
            if callable(Handler.answer):
                Handler.answer(self)
                return
            status, body = Handler.answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    Handler.base = f"http://127.0.0.1:{server.server_port}/index/"
    yield Handler
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def content(shelf_on_disk):
    record = "title: Owls\nadded: 2024-01-02\nlinks: {doi: 10.1000/owls}\n"
    return shelf_on_disk({"papers/owls.yml": record})


def check(content, *options):
    arguments = ["check", "--format", "json", "--content", str(content), *options]
    result = CliRunner().invoke(main, arguments)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def problems_of(result):
    return [(p["code"], p["file"], p["line"]) for p in json.loads(result.stdout)["problems"]]


def test_what_the_living_site_has_must_not_be_lost(site, content):
    assert check(content, "--update-ledger").exit_code == 0
    result = check(content, "--live", site.base)
    place = f"{site.base}data/urls.txt"
    assert result.exit_code == 1
    assert problems_of(result) == [("lost-address", place, 4), ("lost-address", place, 5)]
    assert "--update-ledger" in json.loads(result.stdout)["problems"][0]["hint"]
    taken = check(content, "--live", site.base, "--update-ledger")
    assert taken.exit_code == 0
    text = (content / "urls.txt").read_text()
    assert "papers/gone/\tGone Owls\n" in text
    assert "old/\tOld page\t\tremoved\n" in text
    assert problems_of(check(content, "--live", site.base)) == [
        ("lost-address", "urls.txt", text[: text.index("papers/gone/")].count("\n") + 1)
    ]
    removed = CliRunner().invoke(main, ["remove", "gone", "--content", str(content)])
    assert removed.exit_code == 0, removed.output
    assert check(content, "--live", site.base, "--strict").exit_code == 0


def test_an_id_that_the_living_site_has_for_another_paper_is_named(site, content):
    site.answer = (200, b"papers/owls/\tHow Whales Sing\tdoi:10.1000/whales\n")
    result = check(content, "--live", site.base.rstrip("/"))
    assert ("reused-id", f"{site.base}data/urls.txt", 1) in problems_of(result)


def test_before_the_first_deployment_there_is_nothing_to_lose(site, content):
    site.answer = (404, b"<html>")
    result = check(content, "--live", site.base)
    assert result.exit_code == 0
    assert "before the first deployment" in result.output


def drop(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"papers/")


def pour(handler):
    handler.send_response(200)
    handler.end_headers()
    for number in range(10_000):
        handler.wfile.write(f"papers/x{number}/\tX\n".encode() * 100)


def stall(handler):
    handler.rfile.read()  # until the client leaves


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, b"<!doctype html><title>x</title>"), "web page"),
        ((200, b"owls and mice\n"), "line 1"),
        ((200, b"\xff\xfe"), "not UTF-8"),
        ((200, b""), "empty"),
        ((403, b""), "403"),
        ((500, b""), "500"),
        (drop, "closed the connection"),
        (pour, "more than"),
        (stall, "in time"),
    ],
)
def test_a_wrong_answer_is_said_in_words(site, answer, said):
    site.answer = answer
    limits = Limits(read=0.2 if answer is stall else 60, size=1_000_000)
    client = Client(agent="test", limits=limits, sleep=lambda _: None)
    with pytest.raises(NoAnswerError, match=said):
        fetch_ledger(site.base, client)


def test_the_command_ends_with_3_where_there_is_no_answer(site, content):
    site.answer = (200, b"<html>")
    result = check(content, "--live", site.base)
    assert (result.exit_code, "web page" in result.output) == (3, True)


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://example.org", "owls", "https://me@example.org/"]
)
def test_only_addresses_that_may_be_asked_are_taken(content, url):
    assert check(content, "--live", url).exit_code == 2


def test_without_live_no_socket_is_opened(content, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: sys.exit("network"))
    assert check(content).exit_code == 0


def test_a_used_id_is_told_for_ever_whatever_the_own_ledger_says(site, content):
    site.answer = (200, b"papers/owls/\tHow Whales Sing\tdoi:10.1000/whales\n")
    place = ("reused-id", f"{site.base}data/urls.txt", 1)
    assert place in problems_of(check(content, "--live", site.base, "--update-ledger"))
    assert "papers/owls/\tHow Whales Sing\tdoi:10.1000/whales\n" in (content / "urls.txt").read_text()
    assert [code for code, *_ in problems_of(check(content))] == ["reused-id"]
    (content / "urls.txt").unlink()
    check(content, "--update-ledger")
    assert place in problems_of(check(content, "--live", site.base))


def test_a_person_who_ends_a_command_gets_130(site, content, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Client, "fetch", interrupt)
    result = check(content, "--live", site.base)
    assert (result.exit_code, result.stderr) == (130, "papershelf: interrupted\n")
