"""A service on this machine that replays invented answers, and a time that passes only when someone sleeps."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep

import pytest
from network.pretend import Hostile, Pretend


class Replay:
    """Answers by the beginning of the path; a list is one answer a request, the last one again and again."""

    def __init__(self):
        self.answers, self.seen, self.asked, self.refuse_head = {}, [], [], 0
        replay = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self):
                if replay.refuse_head:
                    replay.asked.append(("HEAD", self.path))
                    self.send_error(replay.refuse_head)
                else:
                    self.do_GET()

            def do_GET(self):
                replay.seen.append((self.path, dict(self.headers)))
                replay.asked.append((self.command, self.path))
                answer = replay.find(self.path)
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                data = body if isinstance(body, bytes) else body.encode()
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def find(self, path):
        for start, answers in self.answers.items():
            if path.startswith(start):
                return answers.pop(0) if len(answers) > 1 else answers[0]
        return 404, {}, "{}"

    def say(self, start, *answers):
        """Answer paths that begin so: a text, an object (as JSON), or (status, headers, body)."""
        self.answers[start] = [self.build(answer) for answer in answers]

    def wait_seen(self, number):
        """Wait until so many requests have come; who sent them may have given up before."""
        end = monotonic() + 300
        while len(self.seen) < number:
            assert monotonic() < end, f"only {len(self.seen)} requests"
            sleep(0.01)

    @staticmethod
    def build(answer):
        if callable(answer) or isinstance(answer, tuple):
            return answer
        return 200, {}, answer if isinstance(answer, str) else json.dumps(answer)


@contextmanager
def serve_replay():
    """Give a service that answers until the block ends."""
    replay = Replay()
    thread = threading.Thread(target=replay.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield replay
    replay.server.shutdown()
    replay.server.server_close()
    thread.join()


@pytest.fixture
def service():
    with serve_replay() as replay:
        yield replay


class Time:
    """A clock that goes on only while someone sleeps."""

    def __init__(self):
        self.now, self.slept = 1_000_000.0, []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def internet():
    return Pretend()


@pytest.fixture
def hostile():
    server = Hostile()
    yield server
    server.close()
