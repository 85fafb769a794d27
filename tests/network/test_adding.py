"""`papershelf add` and `papershelf import ids`: papers by name, from recorded answers of a service on this machine."""

import json
from functools import partial

import pytest
from click.testing import CliRunner
from formats.test_openreview import NOTE, OLD
from network import answers
from support import fingerprint

from generator.cli import ask_services, main
from generator.network.client import Client
from generator.network.services import list_describing
from generator.pipeline import load_content

FILES = {
    "papers/wrens.yml": "title: Wrens by Day\nlinks: {doi: 10.1234/wrens, arxiv: '2401.00007'}\n",
    "topics.yml": "- {id: birds, name: Birds, rules: [owl]}\n",
    "shelf.yml": "format: 1\n",
}
BIB = """@inproceedings{owl-2023, title = "Owls of the {A}lps", author = "Owl, Ada and Wren, Ben",
  booktitle = "Proceedings of Owls", year = "2023", url = "https://aclanthology.org/2023.acl-long.1/",
  doi = "10.18653/v1/2023.acl-long.1", pages = "1--9", abstract = "About the Alps." }"""
DOI, TWO = "/works/10.1234%2Fowls.42", "/api/query?id_list=2401.00042%2C2401.00043&"
WORK = {**answers.MESSAGE, "abstract": "<jats:title>Abstract</jats:title><jats:p>About owls.</jats:p>"}


@pytest.fixture
def shelf(shelf_on_disk, monkeypatch, time):
    monkeypatch.setattr(ask_services, "Client", partial(Client, clock=time.clock, sleep=time.sleep))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")  # 2026-01-02
    return shelf_on_disk(FILES)


@pytest.fixture
def run(shelf, service):
    """Return a function that runs a verb with all services on this machine."""

    def run(*words, base=service.base):
        bases = [option for known in list_describing() for option in ("--base", f"{known.name}={base}")]
        return CliRunner().invoke(main, [*words, *bases, "--content", str(shelf)])

    return run


@pytest.fixture
def add(run):
    return partial(run, "add")


def load(shelf):
    loaded, _, problems = load_content(shelf)
    assert not [p for p in problems if p.severity == "error"]
    return loaded.papers


def test_a_number_of_arxiv_becomes_a_whole_record(add, shelf, service):
    entry = answers.entry().replace(
        "<name>Ada Owl</name></author>",
        "<name>Ada Owl</name></author><category term='cs.CL'/><category term='cs.LG'/>",
    )
    service.say("/api/query?id_list=2401.00042&", answers.feed(entry))
    result = add("https://arxiv.org/abs/2401.00042v1")
    assert result.exit_code == 0, result.output
    assert "1 entry = 1 new record + 0 merges" in result.stdout
    paper = load(shelf)["owls-at-night"]
    assert (paper.title, paper.abstract, paper.published, paper.added) == (
        "Owls at Night",
        "About owls.",
        "2024-01-03",
        "2026-01-02",
    )
    assert [author.name for author in paper.authors] == ["Ada Owl", "Ben Wren"]
    assert paper.links == {"arxiv": ("2401.00042",)}
    assert paper.groups == {"categories": ("cs.CL", "cs.LG")}
    assert [(s.name, s.entry) for s in paper.sources] == [("arxiv", "2401.00042v2")]
    assert len(service.seen) == 1


def test_a_doi_is_described_by_crossref_and_its_abstract_by_openalex(add, shelf, service):
    service.say(DOI, {"message": {**answers.MESSAGE, "publisher": "Owls Press"}})
    service.say(
        "/works/doi:10.1234/owls.42",
        {**answers.WORK, "abstract_inverted_index": {"About": [0], "owls.": [1]}},
    )
    assert add("https://owls.example/doi/full/10.1234/OWLS.42").exit_code == 0
    paper = load(shelf)["owls-at-night"]
    assert (paper.title, paper.abstract, paper.venue, paper.publisher) == (
        "Owls at Night",
        "About owls.",
        "Journal of Owls",
        "Owls Press",
    )
    assert [(s.name, s.entry) for s in paper.sources] == [
        ("crossref", "10.1234/owls.42"),
        ("openalex", "W42"),
    ]
    assert len(service.seen) == 2


def test_another_title_gives_no_abstract(add, shelf, service):
    service.say(DOI, {"message": answers.MESSAGE})
    service.say("/works/doi:", {**answers.WORK, "title": "Mice", "abstract_inverted_index": {"Mice": [0]}})
    assert add("10.1234/owls.42").exit_code == 0
    paper = load(shelf)["owls-at-night"]
    assert (paper.abstract, [s.name for s in paper.sources]) == ("", ["crossref"])


def test_crossref_alone_is_asked_where_it_knows_all(add, shelf, service):
    service.say(DOI, {"message": WORK})
    assert add("10.1234/owls.42").exit_code == 0
    assert load(shelf)["owls-at-night"].abstract == "About owls."
    assert len(service.seen) == 1


def test_openalex_knows_what_crossref_does_not(add, shelf, service):
    service.say("/works/doi:10.1234/owls.42", answers.WORK)
    result = add("doi:10.1234/owls.42")
    assert result.exit_code == 0, result.output
    assert load(shelf)["owls-at-night"].links["doi"] == ("10.1234/owls.42",)


@pytest.mark.parametrize("known", [[{"notes": [NOTE]}], [{"notes": []}, {"notes": [OLD]}], [(404, {}, "{}"), {"notes": [OLD]}]])  # fmt: skip
def test_openreview_is_asked_in_both_versions_of_its_api(add, shelf, service, known):
    service.say("/notes?id=aB3_d-Efgh", *known)
    result = add("https://openreview.net/forum?id=aB3_d-Efgh")
    assert result.exit_code == 0, result.output
    paper = load(shelf)["owls-at-night"]
    assert paper.links == {"openreview": ("aB3_d-Efgh",)}
    assert [s.name for s in paper.sources] == ["openreview"]


def test_the_acl_anthology_describes_its_papers(add, shelf, service):
    service.say("/2023.acl-long.1.bib", BIB)
    assert add("https://aclanthology.org/2023.acl-long.1.pdf").exit_code == 0
    paper = load(shelf)["owls-of-the-alps"]
    assert (paper.venue, paper.pages, paper.abstract) == ("Proceedings of Owls", "1-9", "About the Alps.")
    assert paper.links["doi"] == ("10.18653/v1/2023.acl-long.1",)


def test_many_numbers_are_one_request_and_other_names_come_along(add, shelf, service):
    service.say(TWO, answers.feed(answers.entry(), answers.entry(key="2401.00043", title="Mice")))
    service.say(DOI, {"message": {**WORK, "title": ["Barn Owls"]}})
    result = add("2401.00042", "10.1234/owls.42", "arXiv:2401.00043v9", "2401.00043")
    assert result.exit_code == 0, result.output
    assert set(load(shelf)) == {"wrens", "owls-at-night", "mice", "barn-owls"}
    assert len(service.seen) == 2
    assert "max_results=2" in service.seen[0][0]
    assert "4 entries = 3 new records + 0 merges + 1 already there" in result.stdout


def test_a_refused_request_for_many_is_made_for_each_alone(add, shelf, service):
    service.say(TWO, (400, {}, ""))
    service.say("/api/query?id_list=2401.00042&", answers.feed(answers.entry()))
    service.say("/api/query?id_list=2401.00043&", answers.feed())
    result = add("2401.00042", "2401.00043")
    assert (result.exit_code, set(load(shelf))) == (1, {"wrens", "owls-at-night"})
    assert "2401.00043: error [not-found] 2401.00043 is not known to arXiv and OpenAlex" in result.stderr


def test_an_unknown_name_is_an_error_and_the_others_are_written(add, shelf, service):
    service.say(DOI, {"message": WORK})
    result = add("10.9999/none", "10.1234/owls.42", "barn", "https://owls.example/")
    assert result.exit_code == 1
    assert (
        "10.9999/none: error [not-found] 10.9999/none is not known to Crossref and OpenAlex" in result.stderr
    )
    assert "barn: error [no-name]" in result.stderr
    assert "https://owls.example/: error [no-name]" in result.stderr
    assert "4 entries = 1 new record + 0 merges + 3 refused" in result.stdout
    assert "owls-at-night" in load(shelf)


def test_a_paper_of_the_shelf_is_named_and_nobody_is_asked(add, shelf, service):
    before = fingerprint(shelf)
    result = add("10.48550/arXiv.2401.00007", "doi:10.1234/WRENS")
    assert result.exit_code == 0, result.output
    assert "note [known-paper] 2401.00007 is already on the shelf: wrens" in result.stderr
    assert "2 entries = 0 new records + 0 merges + 2 already there" in result.stdout
    assert (service.seen, fingerprint(shelf)) == ([], before)


def test_a_known_paper_under_another_identifier_is_merged(add, shelf, service):
    service.say(DOI, {"message": {**WORK, "title": ["Wrens by Day"]}})
    (shelf / "papers" / "wrens.yml").write_text("title: Wrens by Day\nlinks: {arxiv: '2401.00007'}\n")
    result = add("10.1234/owls.42")
    assert (result.exit_code, set(load(shelf))) == (0, {"wrens"})
    assert "10.1234/owls.42: merged into wrens" in result.stdout
    assert load(shelf)["wrens"].links == {"arxiv": ("2401.00007",), "doi": ("10.1234/owls.42",)}


def test_a_second_run_changes_nothing(add, shelf, service, monkeypatch):
    service.say(DOI, {"message": WORK})
    service.say("/2023.acl-long.1.bib", BIB)
    names = ("10.1234/owls.42", "https://aclanthology.org/2023.acl-long.1")
    assert add(*names).exit_code == 0
    before = fingerprint(shelf)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777312000")
    assert add(*names).exit_code == 0
    assert fingerprint(shelf) == before


def test_where_nobody_can_be_reached_it_says_so(add, shelf):
    before = fingerprint(shelf)
    result = add("2401.00042", "10.1234/owls.42", base="http://127.0.0.1:1")
    assert result.exit_code == 3
    assert "2401.00042: error [no-answer] 2401.00042: no answer from arXiv and OpenAlex" in result.stderr
    assert "offline" in result.stderr
    assert fingerprint(shelf) == before


def test_offline_no_request_is_sent(add, service):
    result = add("2401.00042", "2401.00007", "--offline")
    assert result.exit_code == 1
    assert "2401.00042: error [no-answer] 2401.00042 was not looked up" in result.stderr
    assert "2401.00007 is already on the shelf: wrens" in result.stderr
    assert service.seen == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_costs_only_its_own_names(add, shelf, service, status, time):
    service.say("/api/query", (status, {"Retry-After": "5"}, ""))
    service.say("/works/doi:", (status, {}, ""))
    service.say(DOI, {"message": WORK})
    result = add("2401.00042", "10.1234/owls.42")
    assert result.exit_code == 1
    assert f"warning [no-answer] 2401.00042: arXiv returned status {status}" in result.stderr
    assert "error [no-answer] 2401.00042: no answer from arXiv and OpenAlex" in result.stderr
    assert set(load(shelf)) == {"wrens", "owls-at-night"}
    assert 5 in time.slept or 8 in time.slept


def test_a_service_that_is_busy_for_a_moment_is_asked_again(add, shelf, service):
    service.say("/api/query", (429, {}, ""), answers.feed(answers.entry()))
    assert add("2401.00042").exit_code == 0
    assert "owls-at-night" in load(shelf)


def test_a_service_that_fails_again_and_again_is_left_alone(add, service):
    service.say("/works", (503, {}, ""))
    result = add(*(f"10.1234/{number}" for number in range(9)))
    assert result.exit_code == 1
    assert result.stderr.count(": error [no-answer]") == 9
    assert len(service.seen) == 2 * 3 * 3  # two services, three papers, three tries


def test_another_paper_than_the_one_asked_for_is_not_taken(add, shelf, service):
    service.say("/works/10.1234%2Fmice", {"message": WORK})
    result = add("10.1234/mice")
    assert result.exit_code == 1
    assert (
        "[source-error] for 10.1234/mice, Crossref returned another paper: “Owls at Night”" in result.stderr
    )
    assert set(load(shelf)) == {"wrens"}


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", '{"message": {"DOI": "10.1234/owls.42"}}', "[" * 100_000, '{"message": 7}']
)
def test_an_answer_that_is_none_writes_nothing(add, shelf, service, answer):
    before = fingerprint(shelf)
    service.say(DOI, answer)
    result = add("10.1234/owls.42")
    assert (result.exit_code, result.exception.__class__) == (1, SystemExit), result.output
    assert "10.1234/owls.42: error [no" in result.stderr
    assert fingerprint(shelf) == before


def test_hostile_answers_are_text(add, shelf, service):
    hostile = {
        **WORK, "title": ["<script>alert(1)</script> Owls\u202e {{ x }}"], "container-title": ["=cmd()"],
        "author": [{"name": "<img src=x onerror=alert(1)>"}, {"family": 7}], "abstract": "x" * 10_000,
    }  # fmt: skip
    service.say(DOI, {"message": hostile})
    note = {
        **NOTE,
        "content": {**NOTE["content"], "title": {"value": "Mice"}, "pdf": {"value": "javascript:alert(1)"}},
    }
    service.say("/notes", {"notes": [note]})
    result = add("10.1234/owls.42", "aB3_d-Efgh")
    assert result.exit_code == 0, result.output
    papers = load(shelf)
    assert "[bad-link]" in result.stderr
    assert "javascript" not in "".join(path.read_text() for path in (shelf / "papers").iterdir())
    assert papers["mice"].links == {"openreview": ("aB3_d-Efgh",)}
    (owls,) = (paper for paper in papers.values() if "10.1234/owls.42" in paper.links.get("doi", ()))
    assert owls.title == "<script>alert(1)</script> Owls {{ x }}"
    assert owls.author_count == 2


def test_what_no_record_may_hold_is_refused(add, shelf, service):
    service.say(DOI, {"message": {**WORK, "title": ["owl " * 1000]}})
    result = add("10.1234/owls.42")
    assert (result.exit_code, set(load(shelf))) == (1, {"wrens"})
    assert "10.1234/owls.42: error [too-long]" in result.stderr


def test_abstracts_can_stay_out(add, shelf, service):
    service.say(DOI, {"message": {**WORK, "title": ["Night"]}})
    assert add("10.1234/owls.42", "--no-abstracts").exit_code == 0
    paper = load(shelf)["night"]
    assert (paper.abstract, [pin.id for pin in paper.topics]) == ("", ["birds"])


def test_a_dry_run_writes_nothing_and_reports_all(add, shelf, service):
    before = fingerprint(shelf)
    service.say(DOI, {"message": WORK})
    result = add("10.1234/owls.42", "10.1234/wrens", "--dry-run", "--format", "json")
    assert fingerprint(shelf) == before
    report = json.loads(result.stdout)
    assert (report["entries"], report["new"], report["known"], report["added"]) == (
        2,
        1,
        1,
        ["owls-at-night"],
    )
    assert [(p["code"], p["file"]) for p in report["problems"]] == [("known-paper", "10.1234/wrens")]


def test_categories_become_topics(add, shelf, service):
    entry = answers.entry().replace("<author>", "<category term='cs.CL'/><category term='cs.LG'/><author>", 1)
    service.say("/api/query", answers.feed(entry))
    result = add("2401.00042", "--topics", "categories")
    assert result.exit_code == 0, result.output
    assert "cs.CL" in (shelf / "topics.yml").read_text()


def test_the_address_of_the_sender_is_told(add, service):
    service.say(DOI, {"message": WORK})
    assert add("10.1234/owls.42", "--mailto", "owl@example.org").exit_code == 0
    assert service.seen[0][1]["User-Agent"].endswith(" (mailto:owl@example.org)")
    assert add("10.1234/owls.42", "--mailto", "owl\r\nX: y@z").exit_code == 2


@pytest.mark.parametrize("words", [(), ("2401.00042", "--base", "owls=http://127.0.0.1"), ("2401.00042", "--topic", "x"), ("2401.00042", "--captured", "2024-01-01"), ("--form", "x.md", "--captured", "2024")])  # fmt: skip
def test_wrong_usage(add, service, words):
    assert add(*words).exit_code == 2
    assert service.seen == []


def test_a_list_of_names(run, shelf, service, tmp_path):
    file = tmp_path / "list.txt"
    file.write_text(
        "# Owls\n2401.00042  for chapter 2\n\nowls\n10.1234/wrens # by Tim\n10.9999/none\n2401.00043\n"
    )
    service.say(TWO, answers.feed(answers.entry(), answers.entry(key="2401.00043", title="Mice")))
    result = run("import", "ids", str(file))
    assert result.exit_code == 1
    said = [line for line in result.stderr.splitlines() if not line.startswith(" ")]
    assert [line.partition("]")[0] + "]" for line in said] == [
        "list.txt:2: note [remark]", "list.txt:4: error [no-name]", "list.txt:5: note [known-paper]", "list.txt:5: note [remark]",
        "list.txt:6: error [not-found]",
    ]  # fmt: skip
    assert "5 entries = 2 new records + 0 merges + 1 already there + 2 refused" in result.stdout
    assert load(shelf)["owls-at-night"].extra["remark"] == "for chapter 2"


@pytest.mark.parametrize("option", [("--captured", "2024-01-01"), ("--map", "a=title"), ("--gone", "mark")])
def test_options_that_a_list_of_names_has_no_use_for(run, service, tmp_path, option):
    (tmp_path / "list.txt").write_text("2401.00042\n")
    assert run("import", "ids", str(tmp_path / "list.txt"), *option).exit_code == 2
    assert run("import", "bibtex", str(tmp_path / "list.txt"), "--mailto", "a@b").exit_code == 2
    assert service.seen == []


QUESTIONS = {"Title": "title", "Links": "links", "Authors": "authors", "Published": "published", "Why it belongs here": "why"}  # fmt: skip


@pytest.fixture
def send(run, tmp_path):
    """Return a function that reads a form with the answers given."""

    def send(*options, **said):
        form = tmp_path / "issue-7.md"
        answered = (
            f"### {question}\n\n{said.get(name) or '_No response_'}\n" for question, name in QUESTIONS.items()
        )
        form.write_text("\n".join(answered))
        return run("add", "--form", str(form), "--captured", "2026-01-05", *options)

    return send


@pytest.mark.parametrize(
    "links",
    ["10.1234/OWLS.42", "https://github.com/o/owls\nhttps://doi.org/10.1234/owls.42", "https://owls.example/doi/10.1234/owls.42"],
)  # fmt: skip
def test_a_form_with_only_an_identifier_is_looked_up(send, shelf, service, links):
    service.say(DOI, {"message": WORK})
    result = send(links=links, why="It is about owls.")
    assert result.exit_code == 0, result.output
    assert "1 entry = 1 new record + 0 merges" in result.stdout
    paper = load(shelf)["owls-at-night"]
    assert (paper.abstract, paper.added, paper.extra["why"]) == (
        "About owls.",
        "2026-01-05",
        "It is about owls.",
    )
    assert [(s.name, s.entry) for s in paper.sources] == [("crossref", "10.1234/owls.42"), ("issue-7", "")]
    assert ("github" in links) == ("code" in paper.links)


def test_what_a_form_says_otherwise_is_a_claim_and_another_identifier_is_left_out(send, shelf, service):
    service.say(DOI, {"message": WORK})
    result = send(links="10.1234/owls.42 2401.00099", authors="Eve Mouse", published="1999")
    assert result.exit_code == 0, result.output
    assert "[bad-link] 2401.00099 is not an identifier of the paper that was found" in result.stderr
    paper = load(shelf)["owls-at-night"]
    assert [author.name for author in paper.authors] == ["Ada Owl", "Ben Wren"]
    assert (paper.published, set(paper.links)) == ("2024-05", {"doi"})
    assert paper.sources[1].claims == {"authors": "Eve Mouse", "published": "1999"}


def test_a_form_with_a_title_is_not_looked_up(send, shelf, service):
    assert send(title="Owls that Hum", links="10.1234/owls.42").exit_code == 0
    assert load(shelf)["owls-that-hum"].links == {"doi": ("10.1234/owls.42",)}
    assert service.seen == []


def test_a_form_without_a_title_for_a_paper_of_the_shelf_is_merged_into_it(send, shelf, service):
    result = send(links="https://arxiv.org/abs/2401.00007 https://github.com/o/wrens")
    assert result.exit_code == 0, result.output
    assert "issue-7.md:1: merged into wrens" in result.stdout
    assert load(shelf)["wrens"].links["code"] == ("https://github.com/o/wrens",)
    assert service.seen == []


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ("https://github.com/o/owls", "missing-field"),
        ("", "missing-field"),
        ("javascript:10.1234/owls.42", "missing-field"),
        ("10.9999/none", "not-found"),
        ("10.1234/busy", "no-answer"),
        ("10.1234/owls.42\n\n### Title\n\nOwls", "not-the-form"),
    ],
)
def test_a_form_that_names_no_known_paper_is_refused(send, shelf, service, links, code):
    service.say("/works/10.1234%2Fbusy", (429, {}, ""))
    before = fingerprint(shelf)
    result = send(links=links)
    assert result.exit_code == 1, result.output
    assert f": error [{code}]" in result.stderr
    assert "1 entry = 0 new records + 0 merges + 1 refused" in result.stdout
    assert fingerprint(shelf) == before


def test_a_form_asks_for_one_paper_only(send, service):
    send(links=" ".join(f"10.1234/{number}" for number in range(500)))
    assert [path for path, _ in service.seen] == ["/works/10.1234%2F0", "/works/doi:10.1234/0"]
