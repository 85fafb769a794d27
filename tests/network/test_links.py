"""External links: whom they ask, how, how often, and what is called broken."""

import csv
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from functools import partial

import pytest
from click.testing import CliRunner
from network.pretend import ADDRESS
from support import ROOT

from generator.cli import check_links, main
from generator.network.client import Client
from generator.network.errors import Limits, NoAnswerError, UnreachableError
from generator.network.links import choose_due, judge_links, list_external_urls
from generator.network.visits import UNANSWERED, Visit, load_visits, render_visits
from generator.problems import Place
from generator.records.read import load_shelf


@pytest.fixture
def owls(internet, service):
    """Return the server that `http://owls.example/` leads to."""
    internet.place("owls.example", service.server.server_port)
    return service


@pytest.fixture
def client(internet, time):
    limits = Limits(read=60)
    return Client(agent="owl", network=internet.network, clock=time.clock, sleep=time.sleep, limits=limits)


def probe(client, path, pause=2):
    return client.probe(f"http://owls.example{path}", pause=pause)


def test_a_link_is_asked_without_reading_it_and_hosts_keep_their_distance(client, owls, time):
    owls.say("/owls", "hoo")
    assert [probe(client, "/owls") for _ in range(2)] == [200, 200]
    assert [method for method, _ in owls.asked] == ["HEAD", "HEAD"]
    assert time.slept == [2]


def test_what_refuses_head_is_asked_again_with_get(client, owls):
    owls.say("/owls", "hoo")
    owls.refuse_head = 405
    assert probe(client, "/owls") == 200
    assert [method for method, _ in owls.asked] == ["HEAD", "GET"]


def test_redirects_are_followed_to_other_hosts(client, owls, internet):
    internet.place("wrens.example", owls.server.server_port, "2600::1")
    owls.say("/owls", (301, {"Location": "http://wrens.example/nest"}, ""))
    assert probe(client, "/owls") == 404
    assert internet.asked == ["owls.example", "wrens.example", "wrens.example"]


def test_busy_and_silent_hosts_are_asked_three_times_with_growing_pauses(client, owls, time):
    owls.say("/busy", (503, {}, ""))
    with pytest.raises(NoAnswerError, match="503"):
        probe(client, "/busy", pause=0)
    assert time.slept == [2, 8]
    with pytest.raises(UnreachableError):
        client.probe("http://nobody.example/", pause=0)
    assert time.slept == [2, 8] * 2


def test_a_good_answer_is_believed_for_a_month_and_hosts_take_turns():
    known = {
        "https://a.example/1": Visit("2026-01-01", "200"),
        "https://a.example/2": Visit("2026-01-25", "200"),
        "https://a.example/3": Visit("2026-01-30", "404"),
    }
    addresses = [*known, "https://a.example/4", "https://b.example/1", "https://b.example/2"]
    assert choose_due(addresses, known, "2026-01-31") == (
        "https://a.example/4", "https://b.example/1", "https://b.example/2", "https://a.example/1", "https://a.example/3",
    )  # fmt: skip


def test_what_was_asked_today_comes_after_all_that_was_not():
    known = {
        "https://a.example/1": Visit("2026-01-31", UNANSWERED),
        "https://c.example/1": Visit("2026-01-31", "404"),
    }
    addresses = [*known, *(f"https://b.example/{number}" for number in range(5))]
    due = choose_due(addresses, known, "2026-01-31")
    assert due[-2:] == ("https://a.example/1", "https://c.example/1")
    assert len(due) == 7


def test_a_day_that_has_not_come_yet_is_not_believed():
    known = {"https://a.example/": Visit("9999-12-31", "200")}
    assert choose_due([*known], known, "2026-01-31") == ("https://a.example/",)


def test_only_what_is_surely_gone_is_broken():
    place = Place(file="papers/owls.yml", line=3)
    before = {"https://a.example/twice": Visit("2026-01-01", "unreachable"), "https://a.example/today": Visit("2026-01-08", "unreachable: x")}  # fmt: skip
    answers = {
        "gone": "404", "twice": "unreachable: did not answer in time", "once": "unreachable: x", "today": "unreachable: x",
        "shy": "403", "good": "204", "cut": UNANSWERED,
    }  # fmt: skip
    now = {f"https://a.example/{name}": Visit("2026-01-08", text) for name, text in answers.items()}
    problems = {p.message.split("/")[-1].split()[0].rstrip(":"): p.code for p in judge_links(dict.fromkeys(now, place), before, now)}  # fmt: skip
    assert problems == {
        "gone": "broken-link",
        "twice": "broken-link",
        "once": "no-answer",
        "today": "no-answer",
        "shy": "no-answer",
        "cut": "no-answer",
    }
    assert all(p.place == place for p in judge_links(dict.fromkeys(now, place), before, now))


def test_what_is_known_survives_the_file(tmp_path):
    visits = {'https://a.example/,"b': Visit("2026-01-08", "leads to x, y"), "https://a.example/": Visit("2026-01-08", "200")}  # fmt: skip
    file = tmp_path / "links.csv"
    file.write_text(
        render_visits(visits) + 'broken\nhttps://a.example/x,never,200\n"https://a.example/torn,2026'
    )
    assert load_visits(file) == (visits, ())


def test_of_two_lines_on_one_link_the_later_holds(tmp_path):
    (tmp_path / "links.csv").write_text("address,day,answer\na,2026-01-08,200\na,2026-01-09,404\n")
    assert load_visits(tmp_path / "links.csv")[0] == {"a": Visit("2026-01-09", "404")}


def test_a_file_that_cannot_be_read_is_named_and_kept(shelf_on_disk):
    text = f"address,day,answer\na,2026-01-08,200\n{'x' * 200_000},2026-01-08,200\n"
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n", "links.csv": text})
    result = CliRunner().invoke(main, ["check", "--links", "--content", str(content)])
    assert (result.exit_code, "links.csv:3: error [unreadable-file]" in result.output) == (1, True)
    assert (content / "links.csv").read_text() == text


@pytest.mark.parametrize("answer", ["²²²", "٢٠٠", "2" * 5000, "-200", "20", ""])
def test_an_answer_that_is_no_status_is_neither_good_nor_gone(answer):
    assert not Visit("2026-01-01", answer).is_good
    assert not Visit("2026-01-01", answer).is_gone


def test_links_of_records_and_of_pages_are_listed_with_their_places(shelf_on_disk):
    content = shelf_on_disk(
        {
            "papers/owls.yml": "title: Owls\nlinks:\n  arxiv: 2401.00001\n  code: https://github.com/o/owls\n",
            "about.md": "# About\n\nSee [the society](https://owls.example/society).\n",
        }
    )
    shelf, problems = load_shelf(content)
    assert not problems
    found = {address: str(place) for address, place in list_external_urls(content, shelf).items()}
    assert found == {
        "https://arxiv.org/abs/2401.00001": "papers/owls.yml:1",
        "https://github.com/o/owls": "papers/owls.yml:1",
        "https://owls.example/society": "about.md:3",
    }


@pytest.fixture
def check(shelf_on_disk, monkeypatch, internet, time):
    """Return a function that checks the links of one record, in the pretended internet and without pauses."""
    made = partial(Client, network=internet.network, clock=time.clock, sleep=time.sleep)
    monkeypatch.setattr(check_links, "Client", made)

    def run(*addresses, links=None):
        text = "".join(f"  - {address}\n" for address in addresses)
        run.content = shelf_on_disk({"papers/owls.yml": f"title: Owls\nlinks:\n  page:\n{text}"})
        if links:
            (run.content / "links.csv").write_text(f"address,day,answer\n{links}")
        return CliRunner().invoke(main, ["check", "--links", "--content", str(run.content)])

    def read():
        rows = csv.reader((run.content / "links.csv").read_text().splitlines())
        return {row[0].partition("//")[2]: row[2] for row in list(rows)[1:]}

    run.read = read
    return run


def test_the_command_asks_once_and_keeps_what_it_heard(check, owls):
    owls.say("/good", "hoo")
    links = ["http://owls.example/good", "http://owls.example/gone"]
    first = check(*links)
    assert first.exit_code == 1, first.output
    assert "papers/owls.yml:1: error [broken-link]" in first.output
    assert "/gone returned 404" in first.output
    assert check.read() == {"owls.example/gone": "404", "owls.example/good": "200"}
    owls.asked.clear()
    assert "2 links, 1 of 1 due links requested today" in check(*links).output
    assert {path for _, path in owls.asked} == {"/gone"}
    assert all("papershelf/" in headers["User-Agent"] for _, headers in owls.seen)


def test_whatever_one_link_answers_the_others_are_asked(check, owls, internet):
    owls.say("/good", "hoo")
    for number, location in enumerate(
        ["http://[", "\xff", "http://127.0.0.1/", f"http://{'a' * 70}.example/", "file:///x"]
    ):
        owls.say(f"/bad{number}", (302, {"Location": location}, ""))
    links = [*(f"http://owls.example/bad{number}" for number in range(5)), "http://owls.example/good"]
    bad = [
        "http://10.0.0.1/",
        "http://owls.example:25/",
        "http://nobody.example/",
        f"http://{'a' * 70}.example/",
    ]
    result = check(*links, *bad)
    assert result.exit_code == 0, result.output
    assert result.output.count("warning [no-answer]") == 9
    said = check.read()
    assert said["owls.example/good"] == "200"
    assert said["10.0.0.1/"] == "is not on the public internet"
    assert said["nobody.example/"] == "unreachable: has a name that does not resolve to an IP address"
    assert set(internet.connected) == {(ADDRESS, 80)}


def test_a_run_ends_in_time_and_the_next_one_asks_the_rest_first(check, owls, monkeypatch):
    monkeypatch.setattr(check_links, "_LONGEST", -1)
    for _ in range(2):
        said = check("http://owls.example/one", "http://owls.example/two").output
        assert "2 links, 1 of 2 due links requested today" in said
    assert list(dict.fromkeys(path for _, path in owls.asked)) == ["/one", "/two"]
    assert list(check.read().values()) == ["404", "404"]


def test_what_was_tried_is_written_before_the_next_is_asked(check, owls):
    seen = []
    owls.say("/", lambda handler: (seen.append((handler.path, check.read())), handler.send_error(404)))
    check("http://owls.example/one", "http://owls.example/two")
    assert seen[0] == ("/one", {"owls.example/one": UNANSWERED})
    assert seen[-1] == ("/two", {"owls.example/one": "404", "owls.example/two": UNANSWERED})


def test_an_interrupted_run_keeps_what_it_heard_and_ends_with_130(check, monkeypatch):
    def probe(_, address, *, pause):
        assert pause
        if "two" in address:
            raise KeyboardInterrupt
        raise NoAnswerError("owl")

    monkeypatch.setattr(Client, "probe", probe)
    result = check("http://owls.example/one", "http://owls.example/two", "http://owls.example/zoo")
    assert result.exit_code == 130
    assert "run the command again" in result.output
    assert check.read() == {"owls.example/one": "owl", "owls.example/two": UNANSWERED}
    assert (check.content / "links.csv").read_text() == render_visits(
        load_visits(check.content / "links.csv")[0]
    )


OFFLINE = ["http://nobody.example/a", "http://nowhere.example/b"]


def test_offline_nothing_is_written(check):
    result = check(*OFFLINE)
    assert result.exit_code == 3
    assert "are you offline" in result.output
    assert "http://nobody.example/a: unreachable: has a name" in result.output
    assert not (check.content / "links.csv").exists()
    known = "http://nobody.example/a,2020-01-01,404\n"
    assert check(*OFFLINE, links=known).exit_code == 3
    assert (check.content / "links.csv").read_text() == f"address,day,answer\n{known}"


def test_the_only_link_of_an_index_is_remembered_as_dead(check):
    assert "warning [no-answer]" in check("http://nobody.example/").output
    assert check.read() == {
        "nobody.example/": "unreachable: has a name that does not resolve to an IP address"
    }


def test_offline_a_run_that_is_cut_short_still_moves_on(check, monkeypatch):
    monkeypatch.setattr(check_links, "_LONGEST", -1)
    known = "http://nobody.example/a,2020-01-01,404\n"
    assert check(*OFFLINE, links=known).exit_code == 3
    assert check.read() == {"nobody.example/a": "404", "nowhere.example/b": UNANSWERED}
    assert check(*OFFLINE).exit_code == 3
    assert list(check.read()) == ["nobody.example/a", "nowhere.example/b"]
    assert check.read()["nobody.example/a"] == "404"


def test_dead_links_are_told_from_a_machine_that_is_offline(check, owls):
    owls.say("/", "hoo")
    today = datetime.now(UTC).date().isoformat()
    known = (
        f"http://owls.example/,{today},200\n"
        + "".join(f"{address},2020-01-01,unreachable\n" for address in OFFLINE)
    )  # fmt: skip
    result = check(*OFFLINE, "http://owls.example/", links=known)
    assert result.exit_code == 1
    assert result.output.count("error [broken-link]") == 2
    assert (
        check.read()["nobody.example/a"] == "unreachable: has a name that does not resolve to an IP address"
    )


def test_a_link_that_a_file_of_links_leads_out_with_is_not_followed(check, owls, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("address,day,answer\n")
    content = tmp_path / "content"
    content.mkdir()
    (content / "links.csv").symlink_to(outside)
    assert check("http://owls.example/one").exit_code == 1
    assert not owls.asked
    assert outside.read_text() == "address,day,answer\n"


def test_a_run_that_is_killed_loses_at_most_what_it_waits_for(shelf_on_disk, hostile):
    """A process of its own, killed while the second of three links hangs."""
    content = start_run(shelf_on_disk, hostile, signal.SIGKILL)[1]
    rows = list(csv.reader((content / "links.csv").read_text().splitlines()))
    assert {row[0]: row[2] for row in rows[1:]} == {"http://owls.example/a": "404", "http://owls.example/b": UNANSWERED}  # fmt: skip


def test_ctrl_c_ends_a_run_with_130(shelf_on_disk, hostile):
    process, content = start_run(shelf_on_disk, hostile, signal.SIGINT)
    assert process.returncode == 130
    assert "Traceback" not in process.said
    assert "interrupted" in process.said
    assert "/b,20" in (content / "links.csv").read_text()


DRIVER = """
import functools, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite that runs in the background ignores it
sys.path.insert(0, sys.argv.pop(1))
from network.pretend import Pretend
from generator import cli
from generator.cli import check_links
internet = Pretend()
internet.place("owls.example", int(sys.argv.pop(1)))
check_links.Client = functools.partial(check_links.Client, network=internet.network, sleep=lambda _: None)
cli.run()
"""


def start_run(shelf_on_disk, hostile, ending):
    """Start a check of three links of which the second hangs, end it there, and return the process and the shelf."""
    hostile.answers["/a"] = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
    waits = threading.Event()
    hostile.answers["/b"] = lambda talk: (waits.set(), talk.wait())
    links = "".join(f"  - http://owls.example/{name}\n" for name in "abc")
    content = shelf_on_disk({"papers/owls.yml": f"title: Owls\nlinks:\n  page:\n{links}"})
    driver = content.parent / "driver.py"
    driver.write_text(DRIVER)
    arguments = [ROOT / "tests", str(hostile.port), "check", "--links", "--content", content]
    process = subprocess.Popen(
        [sys.executable, driver, *arguments], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert waits.wait(300)
    process.send_signal(ending)
    process.said = process.communicate(timeout=300)[1]
    return process, content
