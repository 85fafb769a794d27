"""The way to a host: every address is judged, the judged one is connected to, and TLS still knows the host by its name."""

import socket
import ssl
import threading

import pytest
import trustme
from network.pretend import ADDRESS, Hostile, end_threads

from generator.network.client import Client
from generator.network.connect import Network, trust
from generator.network.errors import Limits, NoAnswerError, RefusedError, UnreachableError

PATIENT = Limits(connect=60, read=60)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhoo"


@pytest.fixture
def client(internet):
    return Client(agent="owl", network=internet.network, limits=PATIENT, sleep=lambda _: None)


@pytest.fixture
def owls(internet, hostile):
    """Return the server that `owls.example` leads to."""
    internet.place("owls.example", hostile.port)
    hostile.answers["/"] = OK
    return hostile


def probe(client, url="http://owls.example/"):
    return client.probe(url, pause=0)


def test_a_public_host_is_asked_at_the_address_that_was_judged(client, internet, owls):
    assert probe(client) == 200
    assert internet.asked == ["owls.example"]
    assert internet.connected == [(ADDRESS, 80)]
    assert owls.heard == [
        "HEAD / HTTP/1.1\r\nHost: owls.example\r\nAccept-Encoding: gzip\r\nConnection: close\r\nUser-Agent: owl\r\n\r\n"
    ]
    assert client.has_connected


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",), ("10.1.2.3",), ("169.254.169.254",), ("::1",), ("::ffff:127.0.0.1",), ("64:ff9b::7f00:1",), ("fec0::1",),
        ("2002:7f00:1::",), ("::127.0.0.1",), ("224.0.0.1",), ("0.0.0.1",), ("fe80::1%eth0",), ("255.255.255.255",),
        (ADDRESS, "127.0.0.1"), ("127.0.0.1", ADDRESS), (ADDRESS, "2600::1", "fd00::1"), ("no number",), ("",), (),
    ],
)  # fmt: skip
def test_a_name_with_any_address_that_is_not_public_is_not_asked(client, internet, addresses):
    internet.names["owls.example"] = addresses
    with pytest.raises(NoAnswerError):
        probe(client)
    assert internet.connected == []
    assert not client.has_connected


def test_a_name_without_an_address_is_no_public_host(client, internet):
    with pytest.raises(UnreachableError, match="name that does not resolve to an IP address"):
        probe(client, "http://nobody.example/")
    assert internet.connected == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::1]/",
        "http://localhost/", "http://owls.localhost/", "http://printer/", "http://metadata.google.internal/", "http://x.local/",
        "http://owls.example:22/", "http://owls.example:6379\\@x/", "ftp://owls.example/", "http://me@owls.example/",
    ],
)  # fmt: skip
def test_what_is_not_public_by_its_look_is_not_even_looked_up(client, internet, owls, url):
    for name in ("localhost", "owls.localhost", "printer", "metadata.google.internal", "x.local"):
        internet.place(name, owls.port)
    with pytest.raises(RefusedError):
        probe(client, url)
    assert internet.asked == []
    assert internet.connected == []


def test_an_answer_that_changes_between_two_look_ups_is_judged_each_time(client, internet, owls):
    owls.answers["/"] = b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"
    internet.names["owls.example"] = [(ADDRESS,), ("127.0.0.1",)]
    with pytest.raises(RefusedError, match="not on the public internet"):
        probe(client)
    assert internet.asked == ["owls.example"] * 2
    assert internet.connected == [(ADDRESS, 80)]
    assert len(owls.heard) == 1


def test_a_connection_that_leads_elsewhere_than_it_should_is_not_used(client, internet, owls):
    internet.peers[ADDRESS] = "127.0.0.1"
    with pytest.raises(RefusedError, match="another IP address"):
        probe(client)
    assert owls.heard == []


def test_the_next_address_is_tried_where_the_first_takes_no_connection(client, internet, owls):
    internet.place("owls.example", owls.port, "2600::1", ADDRESS)
    del internet.servers["2600::1", 80]
    assert probe(client) == 200
    assert internet.connected == [("2600::1", 80), (ADDRESS, 80)]
    del internet.servers[ADDRESS, 80]
    with pytest.raises(UnreachableError, match="cannot be reached"):
        probe(client)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def serve(internet, authority, *names):
    """Serve `https://owls.example/` with a certificate for names, to clients that trust the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    server = Hostile(context)
    server.answers["/"] = OK
    internet.place("owls.example", server.port, port=443)
    return server


def test_tls_is_about_the_name_of_the_host_not_about_its_number(client, internet, authority):
    authority.configure_trust(internet.context)
    server = serve(internet, authority, "owls.example")
    asked = []
    server.context.sni_callback = lambda _, name, __: asked.append(name)
    try:
        assert probe(client, "https://owls.example/") == 200
        assert client.fetch("https://owls.example/", pause=0) == "hoo"
    finally:
        server.close()
    assert asked == ["owls.example"] * 2
    assert internet.connected == [(ADDRESS, 443)] * 2


@pytest.mark.parametrize("name", ["wrens.example", ADDRESS])
def test_a_certificate_for_another_host_is_not_believed(client, internet, authority, name):
    authority.configure_trust(internet.context)
    server = serve(internet, authority, name)
    try:
        with pytest.raises(UnreachableError, match="certificate"):
            probe(client, "https://owls.example/")
    finally:
        server.close()
    assert server.heard == []


def test_a_certificate_of_nobody_is_not_believed(client, internet, authority):
    server = serve(internet, authority, "owls.example")
    try:
        with pytest.raises(UnreachableError, match="certificate"):
            probe(client, "https://owls.example/")
    finally:
        server.close()


def test_the_trust_of_the_program_has_roots_and_checks_names():
    context = trust()
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50


@pytest.fixture
def hang():
    """Return a function that hangs until the test ends, whatever it is called with."""
    over = threading.Event()
    yield lambda *_: over.wait(20)
    over.set()


def test_a_look_up_that_hangs_ends_at_the_deadline(hang):
    client = Client(agent="owl", network=Network(look_up=hang), limits=Limits(whole=0.3))
    with pytest.raises(UnreachableError, match="in time"):
        probe(client)
    assert not client.has_connected


def test_a_connection_that_hangs_ends_at_the_deadline(internet, hang):
    internet.place("owls.example", hang)
    client = Client(agent="owl", network=internet.network, limits=Limits(whole=0.3))
    with pytest.raises(UnreachableError, match="in time"):
        probe(client)


def test_a_handshake_that_never_ends_ends_at_the_deadline(internet):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        internet.place("owls.example", silent.getsockname()[1], port=443)
        client = Client(agent="owl", network=internet.network, limits=Limits(whole=0.5))
        with pytest.raises(UnreachableError, match="in time"):
            probe(client, "https://owls.example/")
        end_threads()


def test_a_host_that_talks_something_else_than_tls(internet, owls):
    internet.place("owls.example", owls.port, port=443)
    client = Client(agent="owl", network=internet.network, limits=Limits(read=0.2, whole=2))
    with pytest.raises(UnreachableError):
        probe(client, "https://owls.example/")
