"""Hostile answers, over real sockets on this machine: each is "no answer" for its own address, in time, and nothing else."""

import gzip
import tracemalloc
import zlib

import pytest
from msgspec.structs import replace
from network.pretend import ADDRESS, end_threads

from generator.network.client import Client
from generator.network.errors import Limits, NoAnswerError, UnreachableError

PATIENT = Limits(connect=60, read=60, whole=120, size=200_000)
"""For answers that come at once, however busy the machine is."""
HASTY = Limits(connect=0.5, read=0.2, whole=0.5, size=200_000)
"""For answers that never come."""
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(bytes(100_000_000), 1)


def head(*headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}".encode(), *(h.encode("latin-1") for h in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def packed(coding, body):
    return head(f"Content-Encoding: {coding}", f"Content-Length: {len(body)}") + body


def steps(*parts):
    """Return an answer: bytes are sent at once, other parts do what they do with the connection."""

    def answer(talk):
        for part in parts:
            if isinstance(part, bytes):
                talk.send(part)
            else:
                part(talk)

    return answer


def drip(data):
    return lambda talk: talk.drip(data)


def pour(data):
    return lambda talk: talk.pour(data)


def wait(talk):
    talk.wait()


# What goes wrong before the body, for whoever asks.
HEADS = {
    "silence": wait,
    "a status that drips": drip(b"HTTP/1.1 200 OK" + b" " * 2000),
    "headers that drip": steps(b"HTTP/1.1 200 OK\r\n", drip(b"X: y\r\n")),
    "one header that drips": steps(b"HTTP/1.1 200 OK\r\nX: ", drip(b"y")),
    "continue, drop by drop": drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "continue without end": pour(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "headers of continue without end": steps(b"HTTP/1.1 100 Continue\r\n", pour(b"X: y\r\n" * 1000)),
    "headers without end": steps(b"HTTP/1.1 200 OK\r\n", pour(b"X: y\r\n" * 1000)),
    "a header without end": steps(b"HTTP/1.1 200 OK\r\nX: ", pour(b"y" * 60_000)),
    "a header as long as a book": head(f"X: {'y' * 100_000}"),
    "two hundred headers": head(*(f"X{number}: y" for number in range(200))),
    "a status without end": pour(b"HTTP/1.1 200 " + b"y" * 60_000),
    "nothing at all": lambda _: None,
    "half a status": b"HTTP/1.1 2",
    "half a header": b"HTTP/1.1 200 OK\r\nContent-Le",
    "another protocol": b"SSH-2.0-owl\r\n",
    "another version": b"HTTP/9.9 200 OK\r\n\r\n",
    "no version": b"200 OK\r\n\r\n",
    "noise": bytes(range(256)) * 4,
    "a status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status of seven digits": b"HTTP/1.1 2000000 OK\r\n\r\n",
    "a negative status": b"HTTP/1.1 -200 OK\r\n\r\n",
    "an empty line": b"\r\n\r\n",
}
BODIES = {
    "a body that drips": steps(head("Content-Length: 100000"), drip(b"y")),
    "a body without length that drips": steps(head(), drip(b"y")),
    "a body without end": steps(head(), pour(b"y" * 60_000)),
    "a body longer than any": steps(head("Content-Length: 1000000000000"), pour(b"y" * 60_000)),
    "a body that stops": steps(head("Content-Length: 100"), b"half", wait),
    "a body cut off": head("Content-Length: 100") + b"half",
    "two lengths": head("Content-Length: 3", "Content-Length: 4") + b"hoo!",
    "chunks that drip": steps(CHUNKED, drip(b"1\r\ny\r\n")),
    "chunks without end": steps(CHUNKED, pour(b"1\r\ny\r\n" * 1000)),
    "a chunk that drips": steps(CHUNKED, b"ffffff\r\n", drip(b"y")),
    "a chunk size without end": steps(CHUNKED, pour(b"0" * 60_000)),
    "a chunk size that drips": steps(CHUNKED, drip(b"0")),
    "a chunk extension without end": steps(CHUNKED, b"1;", pour(b"x" * 60_000)),
    "no chunk size": CHUNKED + b"owl\r\n",
    "a negative chunk size": CHUNKED + b"-5\r\n" + b"y" * 100,
    "a chunk size of minus one": steps(CHUNKED, b"-1\r\n", pour(b"y" * 60_000)),
    "a huge chunk size": CHUNKED + b"f" * 30 + b"\r\nowl",
    "trailers without end": steps(CHUNKED, b"3\r\nhoo\r\n0\r\n", pour(b"X: y\r\n" * 1000)),
    "trailers that drip": steps(CHUNKED, b"3\r\nhoo\r\n0\r\n", drip(b"X: y\r\n")),
    "chunks cut off": CHUNKED + b"10\r\nhoo",
    "a bomb": packed("gzip", BOMB),
    "a bomb in a bomb": packed("gzip, gzip", gzip.compress(BOMB)),
    "a bomb of chunks": CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n") + b"%x\r\n%b\r\n0\r\n\r\n" % (len(BOMB), BOMB),
    "half a gzip": packed("gzip", gzip.compress(b"hoo" * 999)[:-9]),
    "no gzip": packed("gzip", b"hoo"),
    "nothing, as gzip": packed("gzip", b""),
    "two gzips": packed("gzip", gzip.compress(b"hoo") * 2),
    "deflate, which was not asked for": packed("deflate", zlib.compress(b"hoo")),
    "something unknown": packed("owl", b"hoo"),
    "no UTF-8": head("Content-Length: 3") + b"\xff\xfe\xff",
}  # fmt: skip
UNASKED = ("a bomb in a bomb", "deflate, which was not asked for", "something unknown")
ANSWERS = {**HEADS, **BODIES}


def is_slow(name):
    return any(word in name for word in ("drip", "drop", "silence", "stops"))


@pytest.fixture
def make(internet, hostile):
    """Return a function that makes a client for an answer, to which `owls.example` is the hostile server."""
    internet.place("owls.example", hostile.port)

    def build(name="", network=internet.network, limits=None):
        limits = limits or (HASTY if is_slow(name) else PATIENT)
        return Client(agent="owl", network=network, limits=limits, sleep=lambda _: None)

    return build


@pytest.fixture
def client(make):
    return make()


@pytest.mark.parametrize("name", HEADS)
def test_a_link_that_answers_so_gave_no_answer(make, hostile, name):
    hostile.answers["/"] = HEADS[name]
    with pytest.raises(NoAnswerError) as caught:
        make(name).probe("http://owls.example/", pause=0)
    assert ("in time" in str(caught.value)) == is_slow(name)
    end_threads()
    hostile.wait_heard()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_text_that_is_answered_so_is_none(make, hostile, name):
    hostile.answers["/"] = ANSWERS[name]
    with pytest.raises(NoAnswerError) as caught:
        make(name, None).fetch(f"{hostile.base}/", pause=0, here=True)
    assert ("in time" in str(caught.value)) == is_slow(name)
    assert ("not requested" in str(caught.value)) == (name in UNASKED)
    end_threads()
    hostile.wait_heard()


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_not_read_to_know_that_a_link_works(client, hostile, name):
    def answer(talk):
        if talk.method == "HEAD":
            talk.send(head("Content-Length: 0", status="405 No"))
        else:
            steps(BODIES[name])(talk)

    hostile.answers["/"] = answer
    if name == "two lengths":
        with pytest.raises(UnreachableError):
            client.probe("http://owls.example/", pause=0)
    else:
        assert client.probe("http://owls.example/", pause=0) == 200


def test_what_is_read_stays_in_bounds(make, hostile):
    hostile.answers["/"] = ANSWERS["a bomb"]
    tracemalloc.start()
    with pytest.raises(NoAnswerError, match="more than 200000 bytes"):
        make(network=None).fetch(f"{hostile.base}/", pause=0, here=True)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["headers that drip", "a body that drips", "continue, drop by drop"])
def test_one_deadline_is_for_all_tries(make, hostile, name):
    """What drips is never too slow for a single read: only the deadline of the whole ends it, and then no try follows."""
    hostile.answers["/"] = ANSWERS[name]
    with pytest.raises(UnreachableError, match="in time"):
        make(name, None, replace(PATIENT, whole=0.5)).fetch(f"{hostile.base}/", pause=0, here=True)
    hostile.wait_heard()
    assert len(hostile.heard) == 1


def test_one_deadline_is_for_all_redirects_and_pauses(internet, hostile, time):
    internet.place("owls.example", hostile.port)
    hostile.answers["/"] = head("Location: /", status="302 Found")
    client = Client(
        agent="owl", network=internet.network, limits=Limits(whole=10), clock=time.clock, sleep=time.sleep
    )
    with pytest.raises(UnreachableError, match="in time"):
        client.probe("http://owls.example/", pause=3)
    assert sum(time.slept) < 10


def test_a_pause_that_does_not_fit_is_not_made(internet, hostile, time):
    internet.place("owls.example", hostile.port)
    client = Client(
        agent="owl", network=internet.network, limits=Limits(whole=60), clock=time.clock, sleep=time.sleep
    )
    hostile.answers["/"] = head("Retry-After: 61", "Content-Length: 0", status="503 Busy")
    with pytest.raises(NoAnswerError, match="asks to wait for 61 s"):
        client.probe("http://owls.example/", pause=0)
    hostile.answers["/"] = head("Retry-After: 40", "Content-Length: 0", status="503 Busy")
    with pytest.raises(NoAnswerError, match="asks to wait for 40 s"):
        client.probe("http://owls.example/", pause=0)
    assert time.slept == [40]


LOCATIONS = [
    "http://[", "http://[::1]/", "http://127.0.0.1/", "http://127.0.0.1:PORT/", "http://127%2e0.0.1:PORT/", "http://%31%32%37.0.0.1:PORT/",
    "http://loc%61lhost:PORT/", "http://localhost:PORT/", "http://127.0.0.1:PORT\\@owls.example/", "http://127.1:PORT/",
    "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0177.0.0.1:PORT/", "http://127.0.0.1.:PORT/", "http://localhost.:PORT/",
    "http://me@127.0.0.1:PORT/", "http://owls.example@127.0.0.1:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/", "http://[fec0::1]/", "http://224.0.0.1/", "http://0.0.0.0:PORT/",
    "http://0:PORT/", "http://private.example:PORT/", "http://mixed.example:PORT/", "http://nobody.example/", "//127.0.0.1:PORT/", "//localhost/",
    "///127.0.0.1/", "http:///127.0.0.1/", "http:127.0.0.1", "\\\\127.0.0.1\\", "/\\127.0.0.1/", "file:///etc/passwd", "ftp://owls.example/",
    "gopher://127.0.0.1:25/_HELO", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "data:text/plain,owl", "javascript:alert(1)", "about:blank",
    "http://owls.example:22/", "http://owls.example:25/", "http://owls.example:99999/", "http://owls.example:-1/", "http://owls.example:x/",
    f"http://{'a' * 70}.example/", "http://a..example/", "http://.example/", f"http://{'a.' * 200}example/", f"/{'a' * 20_000}",
    "/\x00", "/a\x01b", "/\x7f", "http://owls.example\x00.127.0.0.1/", "\xff", "http://\xff.example/", "/\xe4", "/\xed\xa0\x80",
    "http://℀.example/".encode().decode("latin-1"), "http://１２７.0.0.1:PORT/".encode().decode("latin-1"),
    "http://127。0。0。1:PORT/".encode().decode("latin-1"), "/\u202e".encode().decode("latin-1"), "/\x85".encode().decode("latin-1"),
]  # fmt: skip


@pytest.mark.parametrize("location", LOCATIONS)
def test_a_redirect_reaches_public_hosts_only(client, internet, hostile, location):
    internet.names |= {"private.example": ("127.0.0.1",), "mixed.example": (ADDRESS, "10.0.0.1")}
    internet.servers[ADDRESS, hostile.port] = hostile.port
    said = location.replace("PORT", str(hostile.port))
    hostile.answers["/"] = head(f"Location: {said}", "Content-Length: 0", status="302 Found")
    with pytest.raises(NoAnswerError) as caught:
        client.probe("http://owls.example/", pause=0)
    assert set(internet.connected) == {(ADDRESS, 80)}
    assert len(set(hostile.heard)) == 1
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_line_break_in_a_redirect_smuggles_nothing(client, hostile, end):
    hostile.answers["/"] = head(
        f"Location: /nest{end}Host: localhost", "Content-Length: 0", status="302 Found"
    )
    hostile.answers["/nest"] = head("Content-Length: 0")
    assert client.probe("http://owls.example/", pause=0) == 200
    assert all(sent.count("Host:") == 1 for sent in hostile.heard)


def test_what_a_redirect_encodes_stays_encoded(client, hostile):
    hostile.answers["/"] = head("Location: /n%0d%0aX:%20y?%20HTTP/1.1", status="302 Found")
    hostile.answers["/n%0d%0aX:%20y?%20HTTP/1.1"] = head("Content-Length: 0")
    assert client.probe("http://owls.example/", pause=0) == 200


def test_two_redirects_at_once_are_none(client, hostile):
    hostile.answers["/"] = head("Location: /a", "Location: /b", "Content-Length: 0", status="302 Found")
    with pytest.raises(NoAnswerError, match="two URLs at once"):
        client.probe("http://owls.example/", pause=0)


def test_redirects_in_a_circle_end(client, hostile):
    hostile.answers["/"] = head("Location: /b", "Content-Length: 0", status="301 Moved")
    hostile.answers["/b"] = head("Location: http://owls.example/", "Content-Length: 0", status="307 Moved")
    with pytest.raises(NoAnswerError, match="more than 8 redirects"):
        client.probe("http://owls.example/", pause=0)
    assert len(hostile.heard) == 9


def test_a_redirect_to_another_public_host_is_followed(client, internet, hostile):
    internet.place("wrens.example", hostile.port, "2600::1")
    hostile.answers["/"] = head("Location: //wrens.example/nest", status="301 Moved")
    hostile.answers["/nest"] = head("Content-Length: 0")
    assert client.probe("http://owls.example/", pause=0) == 200
    assert internet.connected == [(ADDRESS, 80), ("2600::1", 80)]
    assert "Host: wrens.example\r\n" in hostile.heard[1]


def test_an_error_that_nobody_foresaw_is_no_answer(client, hostile, monkeypatch):
    hostile.answers["/"] = head("Content-Length: 0")
    monkeypatch.setattr("generator.network.exchange._read_location", lambda _: 1 // 0)
    with pytest.raises(NoAnswerError, match="ZeroDivisionError"):
        client.probe("http://owls.example/", pause=0)
