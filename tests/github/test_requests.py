"""What strangers and curators send in, from the form to the merge, by the scripts of the workflows."""

import json
import re

import pytest
from network.conftest import serve_replay

from generator.network.services import list_describing

FORM = """### Title

{title}

### Links

{links}

### Authors

{authors}

### Published

{published}

### Why it belongs here

{why}
"""
USUAL = {
    "title": "Owls that Hum",
    "links": "https://doi.org/10.5555/owls-that-hum\nhttps://github.com/owner/owls",
    "authors": "Ada Example\nBen Sample",
    "published": "2024-05",
    "why": "It is about birdsong at night.",
}


def send(clone, number=7, body=None, **answers):
    """Run the workflow for a form as on a fresh checkout of the main branch."""
    clone.go_home()
    values = {
        "github.event.issue.number": str(number),
        "github.event.issue.created_at": "2026-03-04T05:06:07Z",
    }
    body = body or FORM.format(**{**USUAL, **answers})
    event = {
        "action": "labeled",
        "label": {"name": "propose"},
        "issue": {"number": number, "body": body.replace("\n", "\r\n")},
    }
    (clone.place / "event.json").write_text(json.dumps(event))
    return clone.run_job("paper.yml", values)


@pytest.fixture(scope="module")
def first_sent(first_clone, tmp_path_factory):
    """Return a clone to which the usual form was sent as issue 7; no test touches it."""
    sent = first_clone.copy_to(tmp_path_factory.mktemp("sent"))
    outcome, steps = send(sent)
    assert outcome == "success", steps
    sent.go_home()
    return sent


@pytest.fixture
def sent(first_sent, tmp_path):
    """Return a copy of it."""
    return first_sent.copy_to(tmp_path)


def test_a_form_becomes_a_pull_request_with_one_record(first_sent):
    clone = first_sent
    assert clone.changed_in("issue-7") == ["A\tcontent/papers/owls-that-hum.yml"]
    record = clone.git("show", "origin/issue-7:content/papers/owls-that-hum.yml").stdout
    assert "title: Owls that Hum" in record
    assert "2026-03-04" in record
    created, told = clone.notes
    assert created["call"][:2] == ["pr", "create"]
    assert told["call"][:3] == ["issue", "comment", "7"]
    assert "Edit the form" not in told["body"]
    assert created["call"][created["call"].index("--base") + 1] == "main"
    assert created["body"].endswith("Closes #7")
    assert "    1 entry = 1 new record" in created["body"]
    assert clone.git("log", "-1", "--format=%ce", "origin/issue-7").stdout.strip().endswith(".invalid")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"why": "Good.\n\n### Title\n\nForged"}, "not-the-form"),
        ({"title": "_No response_", "links": "https://github.com/owner/owls"}, "missing-field"),
        ({"title": "Choirs of Sparrows: Naming the Key of Birdsong", "published": "1990"}, "conflict"),
    ],
)
def test_what_is_refused_is_said_in_the_issue_and_pushed_nowhere(clone, answers, said):
    outcome, steps = send(clone, **answers)
    (note,) = clone.notes
    assert said in note["body"]
    assert "    Nothing was proposed. Edit the form in this issue; when a maintainer" in note["body"]
    assert all(line.startswith("    ") for line in note["body"].splitlines() if line and "Closes" not in line)
    assert outcome == "failure", steps
    assert clone.branches() == ["main\n"]
    assert note["call"][:3] == ["issue", "comment", "7"]


@pytest.fixture
def services(clone):
    """Return the services that the workflow asks in a clone, all at one address of this machine."""
    with serve_replay() as replay:
        clone.add_words("add", *(f"--base={service.name}={replay.base}" for service in list_describing()))
        yield replay


@pytest.mark.parametrize("links", ["10.5555/owls-that-hum", "https://doi.org/10.5555/owls-that-hum"])
def test_a_form_with_only_an_identifier_is_looked_up(clone, services, links):
    work = {
        "DOI": "10.5555/owls-that-hum",
        "title": ["Owls that Hum"],
        "abstract": "About <script>owls</script>.",
    }
    services.say("/works/10.5555%2F", {"message": work})
    nothing = dict.fromkeys(("title", "authors", "published", "why"), "_No response_")
    outcome, steps = send(clone, links=links, **nothing)
    assert outcome == "success", steps
    record = clone.git("show", "origin/issue-7:content/papers/owls-that-hum.yml").stdout
    assert "title: Owls that Hum" in record
    assert "name: issue-7" in record
    assert [path for path, _ in services.seen] == ["/works/10.5555%2Fowls-that-hum"]


@pytest.mark.parametrize(("status", "said"), [(404, "not-found"), (429, "no-answer")])
def test_what_cannot_be_looked_up_is_said_in_the_issue(clone, services, status, said):
    services.say("/", (status, {"Retry-After": "900"}, ""))
    outcome, _ = send(clone, title="_No response_")
    assert outcome == "failure"
    assert said in clone.notes[0]["body"]
    assert clone.branches() == ["main\n"]


def test_what_does_not_pass_the_check_is_not_proposed(clone):
    (clone.folder / "content" / "papers" / "notes.txt").write_text("Owls?\n")
    clone.commit("Leave a file")
    outcome, steps = send(clone)
    assert outcome == "failure"
    assert list(steps)[-3:] == ["The shelf with the record", "What to do", "The answer"]
    assert "stray-file" in clone.notes[0]["body"]
    assert clone.branches() == ["main\n"]


def test_hostile_text_is_text(clone):
    """Not for the shell, not for the runner, not for Markdown, not for git and not for gh."""
    title = "$(touch pwned) `touch pwned`; touch pwned # ${{ github.token }} %0A::add-mask::x --body-file /etc/passwd"
    outcome, steps = send(
        clone,
        title=title,
        links="javascript:alert(1)",
        why="::add-mask::y\n```\n@everyone <script>alert(1)</script>\n' ; touch pwned ; '",
    )
    assert outcome == "success", steps
    assert not list(clone.place.rglob("pwned"))
    (change,) = clone.changed_in("issue-7")
    record = clone.git("show", f"origin/issue-7:{change.split()[1]}").stdout
    assert "$(touch pwned) `touch pwned`; touch pwned" in record
    assert not any("::" in done.stdout + done.stderr for done in steps.values())
    created, _ = clone.notes
    assert title not in created["call"]
    assert "javascript" not in record
    assert "[bad-link]" in created["body"]
    assert len(created["call"]) == len(["pr", "create"]) + 2 * 4


def test_the_longest_body_is_answered(clone):
    """A body has up to 65,536 characters, which are more bytes than a variable of the environment may have."""
    outcome, steps = send(clone, why="\U0001f989" * 65_000)
    assert outcome == "failure", steps
    assert "[too-long]" in clone.notes[0]["body"]


def test_two_forms_for_the_same_paper_meet_in_git(sent):
    clone = sent
    assert send(clone, 8, why="Again.")[0] == "success"
    clone.go_home()
    clone.git("merge", "-q", "origin/issue-7")
    assert "CONFLICT" in clone.git("merge", "-q", "origin/issue-8", check=False).stdout


def test_the_same_identifier_under_two_titles_fails_the_check_and_deploys_nothing(sent):
    clone = sent
    assert send(clone, 8, title="Humming Owls, Once More")[0] == "success"
    clone.go_home()
    clone.git("merge", "-q", "origin/issue-7")
    clone.git("merge", "-q", "-m", "Merge", "origin/issue-8")
    found = clone.papershelf("check", "--format", "github", check=False)
    assert found.returncode == 1
    assert "::error title=duplicate-paper,file=content/papers/" in found.stdout


def test_a_form_for_a_paper_that_is_there_is_merged_into_its_record(sent):
    clone = sent
    clone.git("merge", "-q", "origin/issue-7")
    clone.git("push", "-q", "origin", "main")
    assert send(clone, 8, published="2024-05-06")[0] == "success"
    assert clone.changed_in("issue-8") == ["M\tcontent/papers/owls-that-hum.yml"]
    assert "merged into owls-that-hum" in clone.notes[-1]["body"]


def test_a_form_that_brings_nothing_new_is_answered(sent):
    clone = sent
    clone.git("merge", "-q", "origin/issue-7")
    clone.git("push", "-q", "origin", "main")
    outcome, steps = send(clone, 7)
    assert outcome == "success", steps
    assert clone.notes[-1]["call"][:3] == ["issue", "comment", "7"]
    assert "nothing changed: no pull request was opened" in clone.notes[-1]["body"]


def test_a_form_that_is_sent_again_replaces_no_branch(sent):
    clone = sent
    before = clone.git("rev-parse", "origin/issue-7").stdout
    clone.git("branch", "-q", "-D", "issue-7")
    outcome, _ = send(clone, 7, why="Changed.")
    assert outcome == "failure"
    assert "the branch issue-7 exists already" in clone.notes[-1]["body"]
    assert clone.git("ls-remote", "origin", "refs/heads/issue-7").stdout.split()[0] == before.strip()


def test_a_pull_request_that_may_not_be_opened_leaves_no_branch_and_names_the_setting(clone):
    clone.answer(pr_create=False)
    outcome, steps = send(clone)
    assert outcome == "failure"
    assert "Allow GitHub Actions to create" in clone.notes[-1]["body"]
    assert list(steps)[-1] == "The answer"
    assert clone.branches() == ["main\n"]


def test_a_rename_is_told_from_a_loss_and_an_edit_of_the_same_record_meets_it(clone):
    clone.git("switch", "-q", "-c", "rename")
    clone.papershelf("rename", "a-map-of-wrens", "wrens-mapped")
    clone.commit("Rename")
    assert "Renamed   a-map-of-wrens is now wrens-mapped" in clone.papershelf("changes", "main").stdout
    clone.git("switch", "-q", "-c", "edit", "main")
    record = clone.folder / "content" / "papers" / "a-map-of-wrens.yml"
    record.write_text(record.read_text().replace("the weather", "the wind"))
    clone.commit("Edit")
    assert "Changed   a-map-of-wrens: summary" in clone.papershelf("changes", "main").stdout
    clone.git("merge", "-q", "-m", "Merge", "rename")
    renamed = (record.parent / "wrens-mapped.yml").read_text()
    assert "the wind" in renamed, "git knows the file again, since a rename writes nothing but the ids"
    assert not record.exists()
    assert clone.papershelf("check", "--strict").returncode == 0


def test_a_file_that_only_moves_is_an_address_that_is_lost(clone):
    clone.git("mv", "content/papers/a-map-of-wrens.yml", "content/papers/wrens-mapped.yml")
    report = clone.papershelf("changes", "HEAD", "--format", "markdown").stdout
    assert "### Deleted (1)" in report
    assert "### Refused" not in report
    found = clone.papershelf("check", "--format", "github", check=False)
    assert found.returncode == 1
    assert "lost-address,file=content/urls.txt,line=" in found.stdout


def test_a_machine_renews_its_own_branch_and_leaves_the_work_of_people(clone):
    def propose(text):
        clone.go_home()
        (clone.folder / "content" / "links.csv").write_text(text)
        return clone.papershelf("propose", "links", "--replace", "--title", "Renew the links", check=False)

    assert propose("one\n").returncode == 0
    clone.answer(
        pr_list='[{"number": 11, "isCrossRepository": true}, {"number": 12, "isCrossRepository": false}]'
    )
    assert propose("two\n").returncode == 0
    assert [note["call"][:3] for note in clone.notes] == [
        ["pr", "create", "--head"], ["pr", "list", "--head"], ["api", "--method", "PATCH"],
    ]  # fmt: skip
    assert clone.notes[-1]["call"][3] == "repos/{owner}/{repo}/pulls/12"
    assert clone.notes[-1]["body"] == "Made by `papershelf propose`."
    assert clone.git("show", "origin/links:content/links.csv").stdout == "two\n"
    clone.git("commit", "-q", "--allow-empty", "-m", "By hand")
    clone.git("push", "-q", "origin", "links")
    refused = propose("three\n")
    assert refused.returncode == 1
    assert "has commits by another person" in refused.stderr
    assert clone.git("log", "-1", "--format=%s", "origin/links").stdout == "By hand\n"


def test_whoever_asks_the_origin_has_the_token(clone):
    (clone.folder / "content" / "links.csv").write_text("one\n")
    clone.papershelf("propose", "links", "--title", "Renew the links")
    clone.go_home()
    (clone.folder / "content" / "links.csv").write_text("two\n")
    clone.env["GIT_TRACE2_EVENT"] = str(clone.place / "trace.jsonl")
    clone.papershelf("propose", "links", "--replace", "--title", "Renew the links")
    events = map(json.loads, (clone.place / "trace.jsonl").read_text().splitlines())
    calls = [event["argv"] for event in events if event["event"] == "start"]
    reaching = {verb: call for call in calls for verb in ("ls-remote", "fetch", "push") if verb in call}
    assert len(reaching) == 3
    assert all("credential.helper=!gh auth git-credential" in call for call in reaching.values())


def test_only_the_content_is_proposed_and_never_on_the_same_branch(clone):
    (clone.folder / "content" / "links.csv").write_text("one\n")
    (clone.folder / "private.txt").write_text("mine\n")
    clone.git("add", "private.txt")
    refused = clone.papershelf("propose", "main", "--replace", "--title", "Renew", check=False)
    assert refused.returncode == 2
    assert "main is the current branch" in refused.stderr
    clone.papershelf("propose", "links", "--title", "Renew the links")
    assert clone.changed_in("links") == ["A\tcontent/links.csv"]
    assert clone.git("status", "--porcelain").stdout == "A  private.txt\n"


@pytest.mark.parametrize("name", ["import.yml", "links.yml"])
def test_a_branch_is_renewed_where_main_has_moved_on(clone, name):
    def propose(text):
        (clone.folder / "content" / "links.csv").write_text(text)
        clone.papershelf("propose", "weekly", "--replace", "--title", "Renew the links")

    propose("one\n")
    clone.go_home()
    for number in range(2):
        clone.git("commit", "-q", "--allow-empty", "-m", f"Move on {number}")
    clone.git("push", "-q", "origin", "main")
    clone.check_out(name)
    propose("two\n")
    assert clone.git("show", "origin/weekly:content/links.csv").stdout == "two\n"


def test_one_issue_is_opened_renewed_and_closed(clone):
    report = clone.folder / "report.txt"
    report.write_text("https://example.org/ answers 404\n```\n@everyone\n")
    arguments = ("tell", "report.txt", "--label", "broken-links", "--title", "Links that lead nowhere")
    clone.papershelf(*arguments)
    clone.answer(issue_list='[{"number": 5}]')
    clone.papershelf(*arguments)
    clone.papershelf(*arguments, "--state", "closed")
    calls = [note["call"][:3] for note in clone.notes if "list" not in note["call"]]
    assert calls == [
        ["label", "create", "broken-links"], ["issue", "create", "--title"], ["issue", "edit", "5"], ["issue", "close", "5"],
    ]  # fmt: skip
    assert clone.notes[2]["body"] == "    https://example.org/ answers 404\n    ```\n    @everyone"


def test_sources_become_a_pull_request_with_what_was_refused(clone):
    content = clone.folder / "content"
    (content / "more.bib").write_text(
        "@article{owls, title={Owls that Hum}, year={2024}}\n@article{no}\n"
        "@article{::add-mask::x ##[add-mask]y, year={2024}}\n"
    )
    (content / "sources.txt").write_text(
        "# New papers\nbibtex more.bib\nnothing\nauto missing.bib\n::add-mask::owls\n##[add-mask]owls x\nowls##[add-mask]x y\n"
    )
    clone.commit("Name a source")
    clone.git("push", "-q", "origin", "main")
    outcome, steps = clone.run_job("import.yml", {})
    assert outcome == "success", steps
    assert clone.changed_in("import") == ["A\tcontent/papers/owls-that-hum.yml"]
    assert not any(sign in done.stdout + done.stderr for done in steps.values() for sign in ("::", "##["))
    said = (clone.place / "summary.md").read_text().splitlines()
    assert any("##[add-mask]" in line for line in said)
    assert all(line.startswith("    ") for line in said)
    (created,) = clone.notes
    assert "sources.txt:3: error [unknown-format]" in created["body"]
    assert "missing.bib" in created["body"]


@pytest.mark.parametrize(
    ("links", "enrich", "state", "success"),
    [
        ((0, "10 links"), (0, "0 new proposals"), "close", True),
        ((1, "papers/owls.yml:1: error [broken-link]"), (0, "0 new proposals"), "create", True),
        ((0, "10 links"), (0, "withdrawn: owls, says arxiv"), "create", True),
        ((1, "error [broken-link]"), (3, "arxiv: no answer"), "create", False),
        ((0, "10 links"), (3, "arxiv: no answer"), "close", False),
        ((3, "no host could be reached"), (0, ""), "", False),
        ((70, "Traceback"), (0, ""), "", False),
    ],
)
def test_one_issue_has_broken_links_and_withdrawals_and_no_accident(clone, links, enrich, state, success):
    clone.stand_in("check --links", links[1], links[0])
    clone.stand_in("enrich --source", enrich[1], enrich[0])
    clone.answer(issue_list='[{"number": 5}]' if state == "close" else "[]")
    outcome, steps = clone.run_job("links.yml", {})
    assert outcome == ("success" if success else "failure"), steps
    told = [note for note in clone.notes if note["call"][:2] == ["issue", state]]
    assert len(told) == bool(state)
    if state == "create":
        assert {links[1], enrich[1]} <= {line.strip() for line in told[0]["body"].splitlines()}
    assert len(clone.branches()) == (2 if state else 1)
    assert not any(text in done.stdout for done in steps.values() for _, text in (links, enrich) if text)


def test_a_pull_request_is_reported_and_can_be_looked_at_as_long_as_it_can_be_built(clone):
    record = clone.folder / "content" / "papers" / "owls-that-hum.yml"
    record.write_text("title: Owls that Hum\n")
    clone.commit("Add a paper")
    clone.stand_in("build", "::warning ::built", 0)
    outcome, steps = clone.run_job("preview.yml", {})
    assert (outcome, list(steps)[-1]) == ("success", "actions/upload-artifact")
    summary = (clone.place / "summary.md").read_text()
    assert "### Added (1)" in summary
    assert "    ::warning ::built" in summary
    (clone.folder / "content" / "papers" / "notes.txt").write_text("Owls?\n")
    outcome, steps = clone.run_job("preview.yml", {})
    assert (outcome, list(steps)[-1]) == ("failure", "actions/upload-artifact")
    assert "::warning " in steps["What is wrong"].stdout
    assert not any("built" in done.stdout for done in steps.values())


def test_what_cannot_be_built_is_reported_and_has_no_preview(clone):
    record = clone.folder / "content" / "papers" / "owls-that-hum.yml"
    record.write_text("titel: Owls that Hum\n")
    clone.commit("Add a paper")
    outcome, steps = clone.run_job("preview.yml", {})
    assert (outcome, list(steps)[-1]) == ("failure", "What the build says")
    assert "::error " in steps["What is wrong"].stdout
    assert "titel" in (clone.place / "summary.md").read_text()


def test_a_release_has_the_snapshot(clone):
    (clone.folder / "site" / "data").mkdir(parents=True)
    for name in ("index.html", "data/papers.bib"):
        (clone.folder / "site" / name).write_text(name)
    clone.stand_in("build", "", 0)
    values = {"github.server_url": "https://example.org", "github.repository": "owner/index"}
    outcome, steps = clone.run_job("release.yml", values)
    assert outcome == "success", steps
    (made,) = clone.notes
    assert made["call"][:2] == ["release", "create"]
    commit = clone.git("rev-parse", "HEAD").stdout.strip()
    assert re.fullmatch(rf"snapshot-\d{{4}}-\d\d-\d\d-{commit[:7]}", made["call"][2])
    assert made["call"][3:6] == ["dist/SHA256SUMS", "dist/papers.bib", "dist/site.tar.gz"]
    assert made["call"][6:8] == ["--target", commit]
    assert made["call"][-1] == "dist/SHA256SUMS"


def test_a_snapshot_holds_the_site_its_exports_and_their_sums(clone):
    for name in ("site/data/papers.bib", "site/index.html", "site/papers/owls/index.html"):
        (clone.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (clone.folder / name).write_text(name)
    clone.papershelf("snapshot", "one")
    (clone.folder / "site" / "index.html").touch()
    clone.papershelf("snapshot", "two")
    clone.run("sh", "-c", "cd one && sha256sum -c SHA256SUMS")
    assert {p.name for p in (clone.folder / "one").iterdir()} == {"site.tar.gz", "papers.bib", "SHA256SUMS"}
    clone.run("cmp", "one/site.tar.gz", "two/site.tar.gz")
    assert (clone.folder / "one" / "site.tar.gz").read_bytes()[4:8] == bytes(4), "no time in the archive"
    names = clone.run("tar", "tzf", "one/site.tar.gz").stdout.split()
    assert names == ["site/data/papers.bib", "site/index.html", "site/papers/owls/index.html"]
    assert clone.papershelf("snapshot", "one", check=False).returncode == 2
