"""Which addresses are asked: one table of IP addresses, the same with every Python, and one reading of addresses."""

import ast
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from generator.network.client import is_allowed
from generator.network.hosts import is_here, is_page_port, is_public, is_public_name, stays_home
from generator.network.retries import read_retry_after
from generator.network.url import BadUrlError, follow_url, split_url

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.0.1 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255
198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.255 224.0.0.1 233.252.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1
64:ff9b::8.8.8.8 64:ff9b:1::10.0.0.1 64:ff9b:1:ffff::1 100::1 100:0:0:1::1 2001::1 2001:0:7f00:1::1 2001:2::1 2001:10::1
2001:20::1 2001:30::1 2001:1::1 2001:1ff::1 2001:db8::1 2002::1 2002:7f00::1 2002:7f00:1::1 2002:808:808::1 3ffe::1 3fff::1
3fff:fff::1 4000::1 5f00::1 8000::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 febf::1 fec0::1 feff::1 ff00::1
ff02::1 ff0e::1
"""
PUBLIC = """
1.0.0.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.255.255 169.255.0.0
172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.1 192.0.3.0 192.88.98.1 192.88.100.1 192.167.255.255 192.169.0.0
198.17.255.255 198.20.0.0 198.51.101.0 203.0.112.255 223.255.255.255
2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 2001:db9::1 2003::1 2600::1 2606:4700::1111 2a00::1 3ffd::1 3fff:1000::1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_of_no_public_host_is_not_asked(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC.split())
def test_an_address_of_a_public_host_is_asked(address):
    assert is_public(ip_address(address))
    assert not is_here(ip_address(address))


@given(st.ip_addresses())
def test_what_python_calls_private_or_special_is_never_public(address):
    special = ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_reserved", "is_unspecified")
    hides = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or getattr(address, "teredo", None)  # fmt: skip
    if any(getattr(address, name) for name in special) or hides:
        assert not is_public(address)


def test_the_decision_is_the_same_with_every_python():
    """What the standard library says of an address differs between its versions: the table decides alone."""
    tree = ast.parse((ROOT / "generator/network/hosts.py").read_text())
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not {name for name in used if name.startswith("is_")} | used & {
        "ipv4_mapped",
        "sixtofour",
        "teredo",
    }


def test_ports_are_those_of_pages():
    assert all(map(is_page_port, (80, 443, 1024, 8000, 8080, 8443, 65_535)))
    assert not any(
        map(is_page_port, (1, 21, 22, 23, 25, 53, 110, 143, 445, 993, 1023, 2049, 6000, 6667, 10_080))
    )


def test_names_of_the_own_network_are_not_public():
    for host in (
        "localhost", "owls.localhost", "printer", "printer.local", "x.internal", "router.home.arpa",
        "localhost.localdomain",
    ):  # fmt: skip
        assert not is_public_name(host)
    for host in ("owls.example", "local.example", "notlocal.owls", "8.8.8.8", "2600::1"):
        assert is_public_name(host)


BAD = [
    "", "owls", "//owls.example/", "ftp://owls.example/", "file:///etc/passwd", "gopher://owls.example:70/1", "javascript:1",
    "http:owls.example", "http:/owls.example", "http:///owls.example/", "http://", "https:///x", "http://?x", "http://#x",
    "http://[", "http://]", "http://[]/", "http://[::1", "http://[::1]x/", "http://[::1%25eth0]/", "http://[::1%eth0]/",
    "http://[fe80::1%1]/", "http://[v1.x]/", "http://[1:2]/", "http://[::1.2.3]/", "http://::1/", "http://2600::1/",
    "http://127%2e0.0.1/", "http://%31%32%37.0.0.1/", "http://loc%61lhost/", "http://owls%00.example/",
    "http://owls%2eexample/", "http://127.0.0.1:80\\@owls.example/", "http://owls.example\\@127.0.0.1/", "http:\\\\owls.example/",
    "http://owls.example/\\..\\x", "http://me@owls.example/", "http://me:secret@owls.example/", "http://@owls.example/",
    "http://owls.example@127.0.0.1/", "http://owls.example:80@127.0.0.1/", "http://127.1/",
    "http://127.0.1/", "http://127/", "http://0/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
    "http://0x/", "http://0177.0.0.1/", "http://127.0.0.01/", "http://127.0.0.1./", "http://127.0.0.256/",
    "http://1.2.3.4.5/", "http://owls.1/", "http://owls.0x1/", "http://１２７.0.0.1/", "http://127。0。0。1/",
    "http://①②⑦.0.0.1/", "http://owls.example./", "http://owls..example/", "http://.owls.example/", "http://.", "http://..",
    f"http://{'a' * 64}.example/", f"http://{'a' * 70}.example/", f"http://{'ü' * 70}.example/",
    f"http://{'a.' * 127}example/", "http://owls .example/", "http://owls.example /", "http://owls.ex\tample/",
    "http://owls.example/\r\nX: y", "http://owls.example/\n", "http://owls.example/\x00", " http://owls.example/",
    "http://owls.example/\x7f", "http://owls.example/\x85", "http://owls.example/\u2028", "http://owls.example/\u202e",
    "http://owls.example/\ud800", "http://℀.example/", "http://owls／.example/", "http://owls＠.example/",
    "http://owls.example：80/", "http://owls＃.example/", "http://☃.example/",
    "http://owls!.example/", "http://owls*.example/", "http://a,b.example/", "http://owls;.example/", "http://<owls>.example/",
    "http://owls.example:x/", "http://owls.example:-1/", "http://owls.example:0/", "http://owls.example:65536/",
    "http://owls.example:99999/",
    "http://owls.example:８０/", "http://owls.example:80:80/", "http://-owls.example/", "http://owls-.example/",
    f"http://owls.example/{'a' * 9000}",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_address_everywhere_is_none_here(text):
    with pytest.raises(BadUrlError):
        split_url(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://owls.example", "http://owls.example/"),
        ("HTTP://OWLS.Example:80/A?b#c", "http://owls.example/A?b"),
        ("https://owls.example:443", "https://owls.example/"),
        ("https://owls.example:", "https://owls.example/"),
        ("http://owls.example:443/", "http://owls.example:443/"),
        ("https://owls.example:8443?x", "https://owls.example:8443/?x"),
        ("http://ow_ls.example/", "http://ow_ls.example/"),
        ("http://xn--mwe-sna.example/", "http://xn--mwe-sna.example/"),
        ("http://Möwe.example/ä b?ü[]=\"|'", "http://xn--mwe-sna.example/%C3%A4%20b?%C3%BC%5B%5D=%22%7C'"),
        ("http://owls.example/a%20b%zz", "http://owls.example/a%20b%zz"),
        ("http://owls.example/@x:y//z", "http://owls.example/@x:y//z"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://127.0.0.1#@owls.example:x/", "http://127.0.0.1/"),
        ("http://127.0.0.1?@owls.example", "http://127.0.0.1/?@owls.example"),
        ("http://127.0.0.1/@owls.example", "http://127.0.0.1/@owls.example"),
        ("http://[2600:0::1]:8080/", "http://[2600::1]:8080/"),
        (f"http://{'a' * 63}.example/", f"http://{'a' * 63}.example/"),
    ],
)
def test_an_address_is_read_once_and_asked_as_it_was_read(text, said):
    assert str(split_url(text)) == said
    assert split_url(said) == split_url(text)


@given(st.text(st.sampled_from("htps:/@\\.[]%#?0x127aü℀。 \t\n:-"), max_size=30))
def test_any_text_is_an_address_or_is_refused(text):
    for head in ("", "http://", "http://owls.example"):
        try:
            url = split_url(head + text)
        except BadUrlError:
            continue
        assert split_url(str(url)) == url
        assert str(url).isascii()


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("/nest", "https://owls.example/nest"),
        ("nest?x#y", "https://owls.example/a/nest?x"),
        ("../../../nest", "https://owls.example/nest"),
        ("//wrens.example/x", "https://wrens.example/x"),
        ("http://wrens.example", "http://wrens.example/"),
        (" /nest\t", "https://owls.example/nest"),
        ("/möwe".encode().decode("latin-1"), "https://owls.example/m%C3%B6we"),
        ("https://möwe.example/".encode().decode("latin-1"), "https://xn--mwe-sna.example/"),
        ("/a b", "https://owls.example/a%20b"),
        ("?q=http://127.0.0.1/", "https://owls.example/a/b?q=http://127.0.0.1/"),
    ],
)
def test_a_redirect_leads_where_a_browser_would_go(location, said):
    assert str(follow_url(split_url("https://owls.example/a/b"), location)) == said


@pytest.mark.parametrize(
    "location",
    [
        "http://[", "///wrens.example/", "http:nest", "http:///wrens.example/", "https:nest", "\\\\wrens.example/", "/\\wrens.example/",
        "//wrens.example\\@owls.example", "/\x00", "/a\tb", "/\x0b", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "ftp://owls.example/", "//", "//me@wrens.example/", "nest:80/x", "\xff", "/m\xf6we", "/\xc0\xaf", "/\xed\xa0\x80",
        "//127%2e0.0.1/", "HTTP://LOC%61LHOST/", f"/{'a' * 9000}", "http://℀.example/".encode().decode("latin-1"),
    ],
)  # fmt: skip
def test_a_redirect_to_no_address_is_refused(location):
    with pytest.raises(BadUrlError):
        follow_url(split_url("https://owls.example/a/b"), location)


def test_only_https_is_fetched_and_this_machine_where_a_person_names_it():
    assert is_allowed("https://api.openalex.org/works")
    for url in ("http://127.0.0.1:8000/", "http://127.0.0.2:8000/", "http://[::1]/", "http://localhost/"):
        assert is_allowed(url, here=True)
        assert not is_allowed(url)
    for url in ("http://arxiv.org/", "ftp://127.0.0.1/", "https://owl@arxiv.org/", "https:///x", "http://[", "", "http://10.0.0.1/", "http://127.0.0.1.example/"):  # fmt: skip
        assert not is_allowed(url, here=True)


@pytest.mark.parametrize(
    ("start", "target", "expected"),
    [
        ("https://export.arxiv.org/a", "https://arxiv.org/b", True),
        ("https://arxiv.org/", "https://export.arxiv.org/", True),
        ("https://arxiv.org/", "https://arxiv.org.example.org/", False),
        ("https://arxiv.org/", "https://myarxiv.org/", False),
        ("https://myarxiv.org/", "https://arxiv.org/", False),
        ("https://arxiv.org/", "http://arxiv.org/", False),
        ("https://arxiv.org/", "https://arxiv.org:8443/", False),
        ("https://owls.ac.uk/", "https://wrens.ac.uk/", False),
        ("https://owls.github.io/", "https://wrens.github.io/", False),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8001/", False),
        ("https://arxiv.org/", "https://127.0.0.1/", False),
    ],
)
def test_home_is_a_host_and_those_above_and_below_it(start, target, expected):
    assert stays_home(split_url(start), split_url(target)) == expected


def test_a_pause_is_seconds_or_a_date():
    assert read_retry_after("12", 0) == 12
    assert read_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 20) == 40
    assert read_retry_after("-5", 0) == 0
    assert read_retry_after("1e300", 0) == read_retry_after("Fri, 01 Jan 9999 00:00:00 GMT", 0) < 1e8
    assert [read_retry_after(text, 0) for text in ("", "soon", "nan", "inf")] == [None] * 4
