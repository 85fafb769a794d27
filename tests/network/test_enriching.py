"""The command: proposals in a file, accepted ones in the records, and nothing else changed."""

from functools import partial

import pytest
from click.testing import CliRunner
from network import answers
from support import fingerprint

from generator.cli import ask_services, main
from generator.model import Author
from generator.network.client import Client
from generator.network.proposals import build_authors, load_proposals
from generator.pipeline import load_content
from generator.records.read import is_data

FILES = {
    "papers/owls.yml": "id: owls\ntitle: Owls at Night\nlinks:\n  doi: 10.1234/owls.42\nsources:\n- name: list\n  entry: '7'\n",
    "papers/wrens.yml": "title: Wrens by Day   # odd but fine\n",
    "topics.yml": "- {id: birds, name: Birds, rules: [owl]}\n",
    "shelf.yml": "format: 1\n",
}


@pytest.fixture
def shelf(shelf_on_disk, monkeypatch, time):
    monkeypatch.setattr(ask_services, "Client", partial(Client, clock=time.clock, sleep=time.sleep))
    return shelf_on_disk(FILES)


@pytest.fixture
def enrich(shelf, service):
    service.say("/works/10.1234%2Fowls.42", {"message": answers.MESSAGE})

    def run(*options, base=service.base):
        options = ("--source", "crossref", "--base", f"crossref={base}", "--content", str(shelf), *options)
        return CliRunner().invoke(main, ["enrich", *options])

    return run


def accept(shelf, *fields):
    """Set `accept: true` for these fields, as a person does."""
    path = shelf / "enrich.yml"
    parts = path.read_text().split("- field: ")
    chosen = [p.replace("accept: false", "accept: true") if p.split()[0] in fields else p for p in parts]
    path.write_text("- field: ".join(chosen))


def test_proposals_are_written_and_nothing_else(enrich, shelf):
    before = fingerprint(shelf)
    result = enrich("--mailto", "owl@example.org")
    assert result.exit_code == 0, result.output
    assert "7 new proposals for 1 of 2 papers" in result.stdout
    after = fingerprint(shelf)
    after.pop("enrich.yml")
    assert after == before
    text = (shelf / "enrich.yml").read_text()
    assert "owls:\n- field: authors\n" in text
    assert "accept: true\n" not in text.split("owls:")[1]
    proposals, problems = load_proposals(shelf / "enrich.yml")
    assert not problems
    assert {p.source for p in proposals} == {"crossref 10.1234/owls.42"}
    assert is_data("enrich.yml")


def test_withdrawn_papers_are_named_until_somebody_decides(enrich, shelf):
    proposal = "owls:\n- field: status\n  value: withdrawn\n  source: arxiv 2401.00042\n"
    (shelf / "enrich.yml").write_text(proposal)
    for _ in range(2):
        assert "owls was withdrawn, according to arxiv 2401.00042\n" in enrich().stdout


def test_the_address_of_the_sender_is_told(enrich, service):
    enrich("--mailto", "owl@example.org")
    assert service.seen[0][1]["User-Agent"].endswith(" (mailto:owl@example.org)")
    assert enrich("--mailto", "owl\r\nX: y@z").exit_code == 2


def test_what_a_person_wrote_stays(enrich, shelf):
    enrich()
    accept(shelf, "venue")
    before = (shelf / "enrich.yml").read_bytes()
    assert "0 new proposals" in enrich().stdout
    assert (shelf / "enrich.yml").read_bytes() == before


def test_accepting_writes_exactly_what_is_accepted(enrich, shelf):
    enrich()
    accept(shelf, "venue", "published")
    before = fingerprint(shelf)
    result = enrich("--accept")
    assert result.exit_code == 0, result.output
    assert "2 proposals accepted, 1 record changed, 5 proposals remain" in result.stdout
    assert (shelf / "papers/owls.yml").read_text() == (
        "id: owls\ntitle: Owls at Night\npublished: 2024-05\nvenue: Journal of Owls\nlinks:\n  doi: 10.1234/owls.42\n"
        "sources:\n- name: list\n  entry: '7'\n- name: crossref\n  entry: 10.1234/owls.42\n"
    )
    after = fingerprint(shelf)
    assert {name for name in after if after[name] != before[name]} == {"papers/owls.yml", "enrich.yml"}
    assert not load_content(shelf)[2]
    again = enrich("--accept")
    assert (again.exit_code, "has `accept: true`" in again.stdout) == (0, True)
    assert fingerprint(shelf) == after


def test_accepting_everything_ends_the_file(enrich, shelf):
    enrich()
    accept(shelf, "authors", "published", "venue", "venue_type", "volume", "issue", "pages")
    assert enrich("--accept").exit_code == 0
    assert not (shelf / "enrich.yml").exists()
    paper = load_content(shelf)[0].papers["owls"]
    assert [(a.name, a.orcid) for a in paper.authors] == [
        ("Ada Owl", "0000-0002-1825-0097"),
        ("Ben Wren", ""),
    ]
    assert (paper.volume, paper.issue, paper.pages, paper.venue_type) == ("3", "2", "1–9", "journal")
    assert not load_content(shelf)[2]
    assert enrich("--accept").exit_code == 0
    assert "0 new proposals" in enrich().stdout


PROPOSAL = "- {{field: {}, value: {}, source: crossref x, accept: true}}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("owls:\n" + PROPOSAL.format("venue", "A") + PROPOSAL.format("venue", "B"), "conflict"),
        ("mice:\n" + PROPOSAL.format("venue", "A"), "unknown-paper"),
        ("wrens:\n" + PROPOSAL.format("doi", "10.1234/owls.42"), "duplicate-paper"),
        ("owls:\n" + PROPOSAL.format("doi", "owl"), "bad-field"),
        ("owls:\n" + PROPOSAL.format("published", "'2024-13'"), "bad-field"),
        ("owls:\n" + PROPOSAL.format("title", "Mice"), "bad-field"),
        ("owls:\n" + PROPOSAL.format("status", "removed"), "bad-field"),
        ("owls:\n" + PROPOSAL.format("venue_type", "barn"), "bad-field"),
        ("owls:\n" + PROPOSAL.format("authors", "[{orcid: x}]"), "bad-field"),
        ("owls:\n" + PROPOSAL.format("venue", "A").replace("true", "perhaps"), "bad-field"),
        ("owls: barn\n", "bad-field"),
        ("- owls\n", "bad-field"),
        ("owls: *barn\n", "bad-yaml"),
    ],
)
def test_what_cannot_be_accepted_changes_nothing(enrich, shelf, text, code):
    (shelf / "enrich.yml").write_text(text)
    before = fingerprint(shelf)
    result = enrich("--accept")
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert fingerprint(shelf) == before


def test_an_accepted_value_replaces_what_stands_and_links_are_added(enrich, shelf):
    (shelf / "papers/wrens.yml").write_text("title: Wrens\npublished: '2023'\nlinks: {doi: 10.1234/wrens}\n")
    parts = PROPOSAL.format("published", "2024-05"), PROPOSAL.format("doi", "10.1234/wrens.2")
    (shelf / "enrich.yml").write_text("wrens:\n" + "".join(parts))
    assert enrich("--accept").exit_code == 0
    paper = load_content(shelf)[0].papers["wrens"]
    assert paper.published == "2024-05"
    assert paper.links == {"doi": ("10.1234/wrens", "10.1234/wrens.2")}


def test_only_the_papers_named(enrich, shelf, service):
    assert "0 new proposals for 0 of 1 paper" in enrich("--ids", "wrens").stdout
    assert enrich("--ids", "mice").exit_code == 2
    assert not (shelf / "enrich.yml").exists()
    assert len(service.seen) == 1


def test_another_file_of_proposals(enrich, shelf, tmp_path):
    enrich("--output", str(tmp_path / "mine.yml"))
    assert (tmp_path / "mine.yml").exists()
    assert not (shelf / "enrich.yml").exists()


def test_offline_it_says_so_and_changes_nothing(enrich, shelf):
    before = fingerprint(shelf)
    result = enrich(base="http://127.0.0.1:1")
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 1
    assert "offline" in result.stderr
    assert fingerprint(shelf) == before


def test_a_service_that_breaks_off_leaves_what_was_found(enrich, shelf, service):
    service.say("/works?query", (503, {}, ""))
    result = enrich()
    assert result.exit_code == 3
    assert "[no-answer] wrens: Crossref returned status 503" in result.stderr
    assert "7 new proposals" in result.stdout
    assert not load_content(shelf)[2]


def test_an_interrupted_run_keeps_what_it_found(enrich, shelf, service, monkeypatch):
    fetch = Client.fetch

    def interrupt(self, url, *, pause, here):
        if "query" in url:
            raise KeyboardInterrupt
        return fetch(self, url, pause=pause, here=here)

    monkeypatch.setattr(Client, "fetch", interrupt)
    assert enrich().exit_code == 130
    assert len(load_proposals(shelf / "enrich.yml")[0]) == 7
    assert len(service.seen) == 1


def test_a_proxy_is_not_on_the_way_to_this_machine(enrich, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert enrich().exit_code == 0


def test_a_shelf_with_faults_is_not_touched(enrich, shelf, service):
    (shelf / "papers/mice.yml").write_text("summary: no title\n")
    assert enrich().exit_code == 1
    assert not service.seen


@pytest.mark.parametrize("base", ["http://example.org", "ftp://127.0.0.1", "nowhere"])
def test_services_are_https(enrich, base):
    assert enrich(base=base).exit_code == 2


def test_comments_of_people_stay_in_the_file_of_proposals(enrich, shelf):
    enrich()
    path = shelf / "enrich.yml"
    text = path.read_text().replace("- field: venue\n", "# Ask Jane.\n- field: venue   # the journal\n", 1)
    text = text.replace("\n", "\r\n") + "# Below."
    path.write_bytes(f"\ufeff{text}".encode())
    proposals, _ = load_proposals(path)
    assert proposals
    assert "0 new proposals" in enrich().stdout
    assert path.read_bytes() == f"\ufeff{text}".encode()
    whole = text.replace("accept: false", "accept: true")
    path.write_bytes(whole.encode())
    assert "no proposal" not in enrich("--accept").stdout
    left = path.read_bytes().decode()
    assert all(f"{comment}\r\n" in f"{left}\r\n" for comment in ("# Ask Jane.", "# the journal", "# Below."))
    assert load_proposals(path) == ((), ())
    assert "new proposals" in enrich().stdout
    assert "# Ask Jane." in path.read_text()


def test_a_new_proposal_stands_below_its_paper_and_others_keep_their_characters(enrich, shelf):
    path = shelf / "enrich.yml"
    own = "# Mine.\nowls:\n-   {field: venue, value: 'Owl Letters', source: me 1}   # sure?\n\nzebras: []\n"
    path.write_text(own)
    enrich()
    after = path.read_text()
    kept, _, _ = after.partition("\n- field")
    assert kept == own.partition("\n\n")[0]
    assert after.endswith("\n\nzebras: []\n")
    assert len(load_proposals(path)[0]) > 1


def test_what_one_service_says_can_be_accepted_alone(shelf):
    text = "owls:\n- {field: venue, value: A, source: crossref x, accept: true}\n- {field: pages, value: '7', source: openalex y, accept: true}\n"
    (shelf / "enrich.yml").write_text(text)
    result = CliRunner().invoke(main, ["enrich", "--accept", "--source", "openalex", "--content", str(shelf)])
    assert "1 proposal accepted, 1 record changed, 1 proposal remains" in result.output
    assert [p.field for p in load_proposals(shelf / "enrich.yml")[0]] == ["venue"]


@pytest.mark.usefixtures("time")
def test_a_withdrawal_is_said_and_not_proposed_where_a_record_says_that_it_is_active(shelf, service):
    service.say("/works?filter", {"results": [{**answers.WORK, "is_retracted": True}]})
    path, text = shelf / "papers" / "owls.yml", FILES["papers/owls.yml"]
    for own, said in (("status: active\n", "openalex W42 reports that owls was withdrawn; its record keeps its status"), ("", "owls was withdrawn, according to openalex ")):  # fmt: skip
        path.write_text(text + own)
        given = ("--ids", "owls", "--source", "openalex", "--base", f"openalex={service.base}")
        result = CliRunner().invoke(main, ["enrich", *given, "--content", str(shelf)])
        assert said in result.stdout, result.output
        proposed = {p.field for p in load_proposals(shelf / "enrich.yml")[0]}
        assert ("status" in proposed) == (not own)


def test_a_proposed_author_may_be_one_name():
    body = {"name": "World Bird Organization", "literal": "true"}  # as the strict reader of YAML has it
    assert build_authors([body, "Jane Owl"]) == (
        Author(name="World Bird Organization", literal=True),
        Author(name="Jane Owl"),
    )
