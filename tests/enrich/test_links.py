"""External links: whom they ask, how, how often, and what is called broken."""

import csv

import pytest
from click.testing import CliRunner

from generator.cli import linking, main
from generator.enrich import client as clients
from generator.enrich import links
from generator.enrich.client import Client
from generator.enrich.hosts import is_public
from generator.enrich.limits import Limits, NoAnswerError, UnreachableError
from generator.enrich.links import choose_due, judge_links, list_links
from generator.enrich.visits import Visit, load_visits, render_visits
from generator.problems import Place
from generator.shelf.reader import load_shelf


@pytest.fixture
def client(time):
    with Client(agent="owl", clock=time.clock, sleep=time.sleep, limits=Limits(read=0.3)) as made:
        yield made


def probe(client, url, **options):
    return client.probe(url, **({"pause": 2, "is_public": lambda _: True} | options))


def test_a_link_is_asked_without_reading_it_and_hosts_keep_their_distance(client, service, time):
    service.say("/owls", "hoo")
    assert [probe(client, service.base + "/owls") for _ in range(2)] == [200, 200]
    assert [method for method, _ in service.asked] == ["HEAD", "HEAD"]
    assert time.slept == [2]


def test_what_refuses_head_is_asked_again_with_get(client, service):
    service.say("/owls", "hoo")
    service.refuse_head = 405
    assert probe(client, service.base + "/owls") == 200
    assert [method for method, _ in service.asked] == ["HEAD", "GET"]


def test_redirects_are_followed_to_other_hosts_that_are_public_only(client, service):
    service.say("/owls", (301, {"Location": service.base.replace("127.0.0.1", "localhost") + "/nest"}, ""))
    assert probe(client, service.base + "/owls") == 404
    with pytest.raises(NoAnswerError, match="no public address"):
        probe(client, service.base + "/owls", is_public=lambda host: host != "localhost")
    service.say("/round", (302, {"Location": "/round"}, ""))
    with pytest.raises(NoAnswerError, match="more than 8 redirects"):
        probe(client, service.base + "/round")
    service.say("/file", (302, {"Location": "file:///etc/passwd"}, ""))
    with pytest.raises(NoAnswerError, match="no public address"):
        probe(client, service.base + "/file")


def test_busy_and_silent_hosts_are_asked_three_times_with_growing_pauses(client, service, time):
    service.say("/busy", (503, {}, ""))
    with pytest.raises(NoAnswerError, match="503"):
        probe(client, service.base + "/busy", pause=0)
    assert time.slept == [2, 8]
    with pytest.raises(UnreachableError):
        probe(client, "http://127.0.0.1:9/", pause=0)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "localhost"])
def test_hosts_of_the_own_network_are_not_public(host):
    assert not is_public(host)


def test_a_good_answer_is_believed_for_a_month_and_hosts_take_turns():
    known = {
        "https://a.example/1": Visit("2026-01-01", "200"),
        "https://a.example/2": Visit("2026-01-25", "200"),
        "https://a.example/3": Visit("2026-01-30", "404"),
    }
    addresses = [*known, "https://a.example/4", "https://b.example/1", "https://b.example/2"]
    assert choose_due(addresses, known, "2026-01-31") == (
        "https://a.example/4", "https://b.example/1", "https://a.example/1", "https://b.example/2", "https://a.example/3",
    )  # fmt: skip


def test_only_what_is_surely_gone_is_broken():
    place = Place(file="papers/owls.yml", line=3)
    before = {"https://a.example/twice": Visit("2026-01-01", "unreachable")}
    answers = {"gone": "404", "twice": "unreachable", "once": "unreachable", "shy": "403", "good": "204"}
    now = {f"https://a.example/{name}": Visit("2026-01-08", text) for name, text in answers.items()}
    problems = {p.message.split("/")[-1].split()[0].rstrip(":"): p.code for p in judge_links(dict.fromkeys(now, place), before, now)}  # fmt: skip
    assert problems == {
        "gone": "broken-link",
        "twice": "broken-link",
        "once": "no-answer",
        "shy": "no-answer",
    }
    assert all(p.place == place for p in judge_links(dict.fromkeys(now, place), before, now))


def test_what_is_known_survives_the_file(tmp_path):
    visits = {'https://a.example/,"b': Visit("2026-01-08", "leads to x, y"), "https://a.example/": Visit("2026-01-08", "200")}  # fmt: skip
    (tmp_path / "links.csv").write_text(render_visits(visits) + "broken\nhttps://a.example/x,never,200\n")
    assert load_visits(tmp_path / "links.csv") == (visits, ())


def test_links_of_records_and_of_pages_are_listed_with_their_places(shelf_on_disk):
    content = shelf_on_disk(
        {
            "papers/owls.yml": "title: Owls\nlinks:\n  arxiv: 2401.00001\n  code: https://github.com/o/owls\n",
            "about.md": "# About\n\nSee [the society](https://owls.example/society).\n",
        }
    )
    shelf, problems = load_shelf(content)
    assert not problems
    found = {address: str(place) for address, place in list_links(content, shelf).items()}
    assert found == {
        "https://arxiv.org/abs/2401.00001": "papers/owls.yml:1",
        "https://github.com/o/owls": "papers/owls.yml:1",
        "https://owls.example/society": "about.md:3",
    }


@pytest.fixture
def hurried(monkeypatch):
    """Let the command ask this machine, without pauses."""
    monkeypatch.setattr(linking, "is_public", lambda _: True)
    monkeypatch.setattr(clients, "_PAUSES", (0, 0))
    monkeypatch.setattr(links, "PAUSE", 0)


@pytest.mark.usefixtures("hurried")
def test_the_command_asks_once_and_keeps_what_it_heard(shelf_on_disk, service):
    service.say("/good", "hoo")
    text = f"links:\n  page: ['{service.base}/good', '{service.base}/gone']\n"
    content = shelf_on_disk({"papers/owls.yml": f"title: Owls\n{text}"})
    arguments = ["check", "--links", "--content", str(content)]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 1, first.output
    assert "papers/owls.yml:1: error [broken-link]" in first.output
    assert "/gone answers 404" in first.output
    rows = list(csv.reader((content / "links.csv").read_text().splitlines()))
    assert [(row[0].rpartition("/")[2], row[2]) for row in rows[1:]] == [("gone", "404"), ("good", "200")]
    service.asked.clear()
    assert "2 links, 1 asked today of 1 that are due" in CliRunner().invoke(main, arguments).output
    assert {path for _, path in service.asked} == {"/gone"}
    assert all("papershelf/" in headers["User-Agent"] for _, headers in service.seen)


@pytest.mark.usefixtures("hurried")
def test_a_run_ends_in_time_and_the_next_one_asks_the_rest_first(shelf_on_disk, service, monkeypatch):
    monkeypatch.setattr(linking, "_LONGEST", -1)
    text = f"links:\n  page: ['{service.base}/one', '{service.base}/two']\n"
    content = shelf_on_disk({"papers/owls.yml": f"title: Owls\n{text}"})
    for _ in range(2):
        said = CliRunner().invoke(main, ["check", "--links", "--content", str(content)]).output
        assert "2 links, 1 asked today of 2 that are due" in said
    assert list(dict.fromkeys(path for _, path in service.asked)) == ["/one", "/two"]
    assert (content / "links.csv").read_text().count("404") == 2


@pytest.mark.usefixtures("hurried")
def test_offline_nothing_is_written(shelf_on_disk):
    text = "links:\n  page: ['http://127.0.0.1:9/a', 'http://127.0.0.1:9/b']\n"
    content = shelf_on_disk({"papers/owls.yml": f"title: Owls\n{text}"})
    result = CliRunner().invoke(main, ["check", "--links", "--content", str(content)])
    assert result.exit_code == 3
    assert "are you offline" in result.output
    assert not (content / "links.csv").exists()
