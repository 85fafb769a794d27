"""Fetching: the pace, the tries, the limits, the cache, and where it never goes."""

import gzip

import msgspec
import pytest
from msgspec.structs import replace

from generator.network.answer_cache import AnswerCache
from generator.network.client import Client
from generator.network.errors import Limits, NoAnswerError, UnreachableError


@pytest.fixture
def client(time, tmp_path):
    return Client(
        agent="papershelf/0 (mailto:owl@example.org)",
        cache=tmp_path / "answers",
        clock=time.clock,
        sleep=time.sleep,
        limits=Limits(read=60, size=200_000),
    )


def fetch(client, url, pause=1):
    return client.fetch(url, pause=pause, here=True)


def test_requests_name_their_sender_and_keep_their_distance(client, service, time):
    service.say("/owls", (200, {"Set-Cookie": "owl=1"}, "hoo"))
    assert [fetch(client, service.base + "/owls", pause=3) for _ in range(3)] == ["hoo"] * 3
    assert time.slept == [3, 3]
    assert {headers["User-Agent"] for _, headers in service.seen} == {"papershelf/0 (mailto:owl@example.org)"}
    assert not any("Cookie" in headers or "Authorization" in headers for _, headers in service.seen)


def test_nothing_there_is_an_answer(client, service, time):
    assert fetch(client, service.base + "/none") is None
    assert len(service.seen) == 1
    assert not time.slept


def test_a_busy_service_is_asked_again_after_the_time_that_it_names(client, service, time):
    service.say("/owls", (429, {"Retry-After": "17"}, ""), "hoo")
    assert fetch(client, service.base + "/owls") == "hoo"
    assert time.slept == [17]


def test_a_service_that_wants_a_long_rest_gets_it(client, service, time):
    service.say("/owls", (503, {"Retry-After": "3600"}, ""))
    with pytest.raises(NoAnswerError, match="3600"):
        fetch(client, service.base + "/owls")
    assert len(service.seen) == 1
    assert not time.slept


def test_after_three_tries_it_is_enough(client, service, time):
    service.say("/owls", (500, {}, ""))
    with pytest.raises(NoAnswerError, match="returned status 500"):
        fetch(client, service.base + "/owls")
    assert len(service.seen) == 3
    assert time.slept == sorted(time.slept)
    assert len(time.slept) == 2


def test_a_refusal_is_not_tried_again(client, service):
    service.say("/owls", (403, {}, ""))
    with pytest.raises(NoAnswerError, match="403"):
        fetch(client, service.base + "/owls")
    assert len(service.seen) == 1


def test_a_slow_answer_is_not_waited_for(service, time):
    client = Client(agent="owl", clock=time.clock, sleep=time.sleep, limits=Limits(read=0.3))
    service.say("/owls", lambda handler: handler.rfile.read())  # until the client leaves
    with pytest.raises(UnreachableError, match="in time"):
        fetch(client, service.base + "/owls")
    service.wait_seen(3)
    assert len(service.seen) == 3


def test_a_cut_answer_is_none(client, service):
    service.say("/owls", (200, {"Content-Length": "400"}, "half an ow"), "an owl")
    assert fetch(client, service.base + "/owls") == "an owl"
    service.say("/owls", (200, {"Content-Length": "400"}, "half an ow"))
    with pytest.raises(UnreachableError, match="closed the connection"):
        fetch(client, service.base + "/owls")


def test_a_service_that_is_not_there_is_unreachable(client, time):
    with pytest.raises(UnreachableError, match="cannot be reached"):
        fetch(client, "http://127.0.0.1:1/owls")
    assert time.slept == [2, 8]


def test_an_answer_without_end_is_refused(client, service):
    service.say("/owls", "o" * 200_001)
    with pytest.raises(NoAnswerError, match="more than 200000 bytes"):
        fetch(client, service.base + "/owls")
    assert len(service.seen) == 1


def test_a_small_answer_that_unpacks_into_a_large_one_is_refused(client, service):
    service.say("/owls", (200, {"Content-Encoding": "gzip"}, gzip.compress(b"o" * 5_000_000)))
    with pytest.raises(NoAnswerError, match="more than"):
        fetch(client, service.base + "/owls")


def test_what_is_no_text_is_refused(client, service):
    service.say("/owls", (200, {}, b"\xff\xfe\xff"))
    with pytest.raises(NoAnswerError, match="UTF-8"):
        fetch(client, service.base + "/owls")


def test_a_redirect_is_followed_at_home(client, service):
    service.say("/old", (301, {"Location": "/new"}, ""))
    service.say("/new", "moved")
    assert fetch(client, service.base + "/old") == "moved"


@pytest.mark.parametrize(
    "target",
    [
        "https://owls.example.org/", "http://localhost:9/", "http://127.0.0.1:1/", "file:///etc/hostname",
        "ftp://127.0.0.1/", "//h/x", "http://8.8.8.8/", "https://127.0.0.1/", "http://[::1]/",
    ],
)  # fmt: skip
def test_a_redirect_elsewhere_is_refused(client, service, target):
    service.say("/old", (302, {"Location": target}, ""))
    with pytest.raises(
        NoAnswerError, match=r"redirects to .*another host|leads to something that is not an http"
    ):
        fetch(client, service.base + "/old")
    assert len(service.seen) == 1


def test_a_circle_of_redirects_ends(client, service):
    service.say("/old", (302, {"Location": "/old"}, ""))
    with pytest.raises(NoAnswerError, match="3 redirects"):
        fetch(client, service.base + "/old")
    assert len(service.seen) == 4


def test_an_answer_that_did_not_change_comes_from_the_cache(client, service, tmp_path):
    service.say(
        "/owls",
        (200, {"ETag": '"1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}, "hoo"),
        (304, {}, ""),
    )
    assert fetch(client, service.base + "/owls") == "hoo"
    assert fetch(client, service.base + "/owls") == "hoo"
    assert service.seen[1][1]["If-None-Match"] == '"1"'
    assert service.seen[1][1]["If-Modified-Since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    (kept,) = (tmp_path / "answers").iterdir()
    good = AnswerCache(body="poisoned", etag='"1"')
    harms = [
        b"torn",
        b"",
        *(msgspec.msgpack.encode(replace(good, etag=tag)) for tag in ("a\r\nX: y", "é", "\x00")),
    ]
    for number, harm in enumerate(harms, start=2):
        kept.write_bytes(harm)
        service.say("/owls", f"again {number}")
        assert fetch(client, service.base + "/owls") == f"again {number}"
        assert "If-None-Match" not in service.seen[number][1]
    kept.write_bytes(msgspec.msgpack.encode(good))
    kept.chmod(0o666)
    service.say("/owls", "again")
    assert fetch(client, service.base + "/owls") == "again"
    assert "If-None-Match" not in service.seen[-1][1]


def test_this_machine_is_asked_only_where_a_person_names_it(client, service):
    with pytest.raises(NoAnswerError, match="not an https URL"):
        client.fetch(service.base + "/owls", pause=1)
    with pytest.raises(NoAnswerError, match="not on the public internet"):
        client.fetch("https://127.0.0.1/owls", pause=1)
    assert not service.seen


def test_proxies_cookies_and_credentials_of_the_environment_are_not_used(
    client, service, monkeypatch, tmp_path
):
    (tmp_path / ".netrc").write_text("default login owl password hoo\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    service.say("/owls", (200, {"Set-Cookie": "owl=1"}, "hoo"))
    assert [fetch(client, service.base + "/owls") for _ in range(2)] == ["hoo"] * 2
    assert not any({"Cookie", "Authorization", "Proxy-Authorization"} & set(sent) for _, sent in service.seen)


def test_a_packed_answer_is_unpacked(client, service):
    service.say("/owls", (200, {"Content-Encoding": "gzip"}, gzip.compress("Möwe".encode())))
    assert fetch(client, service.base + "/owls") == "Möwe"
    assert service.seen[0][1]["Accept-Encoding"] == "gzip"
