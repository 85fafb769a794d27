"""`papershelf import sources`: a committed file names the addresses, so only public hosts are asked."""

import ssl
from functools import partial

import pytest
import trustme
from click.testing import CliRunner
from network.pretend import Hostile

from generator.cli import import_sources, main
from generator.network.client import Client

BIBTEX = b"@article{owls, title={Owls at Night}, year={2024}}"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(BIBTEX), BIBTEX)


@pytest.fixture
def owls(internet):
    """Return the server that `https://owls.example/` leads to."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.configure_trust(internet.context)
    authority.issue_cert("owls.example").configure_cert(context)
    server = Hostile(context)
    internet.place("owls.example", server.port, port=443)
    server.answers["/list.bib"] = OK
    yield server
    server.close()


@pytest.fixture
def read(shelf_on_disk, internet, time, monkeypatch):
    """Return a function that imports from a list of sources, in the pretended internet."""
    made = partial(Client, network=internet.network, clock=time.clock, sleep=time.sleep)
    monkeypatch.setattr(import_sources, "Client", made)

    def run(*lines):
        run.content = shelf_on_disk({"sources.txt": "".join(f"{line}\n" for line in lines)})
        arguments = ["import", "sources", str(run.content / "sources.txt"), "--content", str(run.content)]
        return CliRunner().invoke(main, arguments)

    return run


def test_a_file_of_the_project_is_read_and_no_hidden_or_other_one(read, tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    for name in ("list.bib", ".hidden/list.bib", "../list.bib"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(BIBTEX.decode())
        result = read(f"bibtex ../{name}")
        assert (result.exit_code, "is outside the project" in result.output) == (
            (0, False) if name == "list.bib" else (1, True)
        ), result.output


def test_an_address_is_read(read, owls):
    assert owls.port
    result = read("bibtex https://owls.example/list.bib")
    assert result.exit_code == 0, result.output
    assert (read.content / "papers" / "owls-at-night.yml").exists()


@pytest.mark.parametrize(
    "where",
    [
        "http://owls.example/list.bib", "http://127.0.0.1:PORT/list.bib", "https://127.0.0.1:PORT/list.bib", "https://localhost:PORT/",
        "https://10.0.0.1/list.bib", "https://private.example/list.bib", "https://me@owls.example/", "file:///etc/passwd", "https://[",
    ],
)  # fmt: skip
def test_an_address_that_is_no_public_one_is_an_error_in_its_line(read, internet, owls, where):
    internet.names["private.example"] = ("10.0.0.1",)
    result = read("# sources", f"bibtex {where.replace('PORT', str(owls.port))}")
    assert result.exit_code == 1
    assert "sources.txt:2: error [bad-link]" in result.output
    assert internet.connected == []


def test_a_redirect_to_another_host_is_not_followed(read, internet, owls):
    internet.place("wrens.example", owls.port, "2600::1", port=443)
    owls.answers["/list.bib"] = (
        b"HTTP/1.1 302 Found\r\nLocation: https://wrens.example/\r\nContent-Length: 0\r\n\r\n"
    )
    result = read("bibtex https://owls.example/list.bib")
    assert "[no-answer] https://owls.example/list.bib redirects to https://wrens.example/" in result.output
    assert len(owls.heard) == 1


def test_offline_it_says_so_and_ends_with_3(read):
    result = read("bibtex https://owls.example/list.bib")
    assert result.exit_code == 3
    assert "are you offline" in result.output
    assert not (read.content / "papers").exists()


def test_a_list_without_a_source_is_an_error(read):
    result = read("# nothing yet")
    assert (result.exit_code, "error [no-entries] the list names no source" in result.output) == (1, True)
