"""Addresses that were published lead somewhere for ever: to a page, straight to one, or to a stone that says what was there."""

import json
import re
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import feedparser
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from support import share

from generator.cli import main
from generator.model import Published
from generator.pages.parts import sizes
from generator.pipeline import build_assets, build_site, plan_pages
from generator.settings import Settings
from generator.urls.ledger import load_ledger, parse_ledger, render_ledger
from generator.urls.published import format_title
from generator.urls.redirects import file_of
from generator.urls.routes import build_page_url

BIRDS = ["Owls", "Wrens", "Finches", "Herons", "Robins", "Larks"]
TOPICS = "- {id: birds, name: Birds, rules: [hunt]}\n- {id: night, name: Night, rules: [Owls, Larks]}\n"
REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def record(bird, **more):
    values = {"title": f"{bird} in the Dark", "summary": f"{bird} hunt.", "added": "2025-01-02"} | more
    return json.dumps(values)


class Tree:
    """What a build of a shelf publishes: the files of its pages, and everything else."""

    def __init__(self, content, **choices):
        values = {"site_url": "https://example.org/x/", "per_page": 2} | choices
        self.settings = Settings(content=content, **values)
        site, _ = build_site(self.settings)
        self.titles = {
            build_page_url(plan.path, pretty=self.settings.pretty_urls): plan.title
            for plan in plan_pages(site, self.settings)
        }
        self.pages = set(map(file_of, self.titles))
        self.assets = {}
        for asset in build_assets(site, self.settings):
            assert asset.path not in self.assets | dict.fromkeys(self.pages), asset.path
            self.assets[asset.path] = asset.body
        self.stones = {path for path in self.assets if path.endswith(".html")}

    def published(self):
        files = [p for p in self.assets if p.startswith("data/") or p.rpartition("/")[2].startswith("feed.")]
        return {*self.titles, *files}

    def follow(self, address):
        """Return what a reader finds at an address: `page`, the page that it leads to in one step, or what a stone says."""
        file = file_of(address)
        if file in self.pages:
            return "page"
        text = self.assets[file].decode("utf-8", "replace")
        if file not in self.stones:
            return "file"
        assert 'name="robots" content="noindex"' in text
        found = REFRESH.search(text)
        if not found:
            assert "canonical" not in text
            return re.search("<h1>(.*)</h1>", text)[1]
        target = normalise(PurePosixPath(file).parent, unquote(found[1]))
        assert file_of(target) in self.pages, (address, target)
        assert f'<link rel="canonical" href="https://example.org/x/{target}">' in text
        assert f'<a href="{found[1]}">' in text
        return target


def normalise(folder, link):
    parts = [] if str(folder) == "." else str(folder).split("/")
    for part in link.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def invoke(*arguments, content):
    result = CliRunner().invoke(main, [*map(str, arguments), "--content", str(content)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def write(content, files):
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return content


@pytest.fixture
def content(tmp_path):
    files = {f"papers/{bird.lower()}.yml": record(bird) for bird in BIRDS[:4]}
    write(tmp_path, {**files, "topics.yml": TOPICS})
    invoke("check", "--update-ledger", content=tmp_path)
    return tmp_path


def snapshot(content):
    return {path.relative_to(content): path.read_text() for path in content.rglob("*") if path.is_file()}


KEYS = [bird.lower() for bird in BIRDS]
STEPS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(KEYS)),
    st.tuples(st.sampled_from(["rename", "merge", "swap"]), st.sampled_from(KEYS), st.sampled_from(KEYS)),
    st.tuples(st.sampled_from(["remove", "delete", "lose", "retitle", "back"]), st.sampled_from(KEYS)),
    st.tuples(st.just("flip"), st.just("")),
    st.tuples(st.just("topic"), st.sampled_from(["birds", "feathered", "winged"])),
)


def take(content, step, name, other=""):
    """Do one thing to a shelf; what a command refuses changes nothing."""
    path = content / "papers" / f"{name}.yml"
    if step == "add" and not path.exists():
        path.write_text(record(name.title()))
        if load_fault(content):
            path.unlink()
    elif step == "lose" and path.exists() and len(list(path.parent.iterdir())) > 1:
        path.unlink()
    elif step == "retitle" and path.exists():
        path.write_text(path.read_text().replace("in the Dark", "in the Dark Night"))
    elif step == "swap" and name != other:
        two = content / "papers" / f"{other}.yml"
        if path.exists() and two.exists():
            texts = path.read_text(), two.read_text()
            path.write_text(texts[1].replace(f"id: {other}\n", ""))
            two.write_text(texts[0].replace(f"id: {name}\n", ""))
    elif step == "topic":
        rename_topic(content / "topics.yml", name)
    elif step in {"rename", "merge", "remove", "delete", "back"}:
        command(content, step, name, other)


def command(content, step, name, other):
    before = snapshot(content)
    former = [name]
    if step == "back":
        aliases = re.findall(r"- ([a-z]+)$", before.get(Path(f"papers/{name}.yml"), ""), re.MULTILINE)
        step, former = "rename", [name, *aliases[:1]]
    arguments = {
        "rename": ["rename", *former, *([other] if other else [])],
        "merge": ["merge", name, other],
        "remove": ["remove", name, "--note", "Gone."],
        "delete": ["remove", name, "--delete"],
    }[step]
    if step == "delete" and len(list((content / "papers").iterdir())) == 1:
        return
    result = invoke(*arguments, content=content)
    if result.exit_code:
        assert snapshot(content) == before
        return
    assert invoke(*arguments, content=content).exit_code == 0 or step == "delete"


def rename_topic(path, name):
    text = path.read_text()
    old = re.search(r"id: (\w+)", text)[1]
    aliases = {*re.findall(r"aliases: \[(.*?)\]", text), old} - {name, ""}
    listed = {alias for part in aliases for alias in part.split(", ")} - {name}
    path.write_text(f"- {{id: {name}, name: Birds, aliases: [{', '.join(sorted(listed))}], rules: [hunt]}}\n- {{id: night, name: Night, rules: [Owls, Larks]}}\n")  # fmt: skip


def load_fault(content):
    return "error" in invoke("check", content=content).output


@settings(max_examples=share(12))
@given(st.lists(STEPS, max_size=9))
def test_no_address_is_ever_lost(steps):
    """Whatever is done to a shelf, all that was ever published leads somewhere in one step."""
    with TemporaryDirectory() as folder:
        content = Path(folder)
        files = {f"papers/{bird.lower()}.yml": record(bird) for bird in BIRDS[:3]}
        write(content, {**files, "topics.yml": TOPICS})
        ever, pretty = {}, True
        for step in [("add", "owls"), *steps]:
            pretty ^= step[0] == "flip"
            take(content, *step)
            try:
                tree = Tree(content, pretty_urls=pretty)
            except Exception as fault:  # noqa: BLE001 (a shelf in which everything was removed)
                assert "empty-shelf" in str(fault)  # noqa: PT017 (only then)
                return
            for address, titles in ever.items():
                found = tree.follow(address)
                if found not in {"page", "file"} and file_of(found) not in tree.pages:
                    assert found in titles, (step, address)
            for address in tree.published():
                ever.setdefault(address, set()).add(tree.titles.get(address, ""))
            (content / "urls.txt").write_bytes(tree.assets["data/urls.txt"])


@pytest.mark.parametrize("pretty", [True, False])
def test_a_renamed_paper_and_its_topic_leave_redirects_and_files(content, pretty):
    def of(key):
        return build_page_url(f"{key}.md", pretty=pretty)

    invoke("rename", "owls", "barn-owls", content=content)
    invoke("rename", "barn-owls", "owls-of-barns", content=content)
    text = (content / "topics.yml").read_text().replace("id: birds,", "id: feathered, aliases: [birds],")
    (content / "topics.yml").write_text(text)
    tree = Tree(content, pretty_urls=pretty)
    assert tree.follow(of("papers/owls")) == tree.follow(of("papers/barn-owls")) == of("papers/owls-of-barns")
    assert tree.follow(of("topics/birds")) == of("topics/feathered")
    assert tree.follow(of("topics/birds/page/2")) == of("topics/feathered/page/2")
    assert tree.assets["topics/birds/feed.xml"] == tree.assets["topics/feathered/feed.xml"]
    assert tree.assets["topics/birds/feed.json"] == tree.assets["topics/feathered/feed.json"]
    assert tree.assets["data/topics/birds.bib"] == tree.assets["data/topics/feathered.bib"]
    copy = "papers/owls{}.md".format("/index" if pretty else "")
    assert tree.assets[copy] == tree.assets[copy.replace("owls", "owls-of-barns")]


def test_redirects_of_aliases_need_no_ledger(content):
    invoke("rename", "owls", "barn-owls", content=content)
    (content / "urls.txt").unlink()
    assert Tree(content).follow("papers/owls/") == "papers/barn-owls/"


def test_pages_of_lists_beyond_the_last_and_years_without_papers_lead_to_the_first(content):
    (content / "papers" / "owls.yml").write_text(record("Owls", published="1999"))
    invoke("check", "--update-ledger", content=content)
    with (content / "urls.txt").open("a") as ledger:
        ledger.write(
            "papers/page/9/\tAll papers, page 9\ntopics/birds/page/7/\tBirds, page 7\nyears/unknown/page/4/\tx\n"
            "authors/jane-mowe/\tJane Möwe\nauthors/jane-mowe/page/2/\tJane Möwe, page 2\nauthors/\tAuthors\nvenues/birds/\tBirds\npicks/\tWorth starting with\npicks/page/3/\tx\n"
        )
    (content / "papers" / "owls.yml").write_text(record("Owls"))
    tree = Tree(content)
    assert tree.follow("papers/page/9/") == "papers/"
    assert tree.follow("topics/birds/page/7/") == "topics/birds/"
    assert tree.follow("years/unknown/page/4/") == "years/unknown/"
    assert tree.follow("years/1999/") == "years/"
    assert tree.follow("authors/jane-mowe/") == tree.follow("authors/jane-mowe/page/2/") == "authors/"
    assert tree.follow("picks/page/3/") == "picks/"


def test_what_is_deleted_leaves_a_stone_that_says_what_was_there(content):
    (content / "papers" / "owls.yml").write_text(
        record("<b>Owls", links={"doi": "10.1000/owls", "arxiv": "2401.00001"}, aliases=["old-owls"])
    )
    invoke("check", "--update-ledger", content=content)
    result = invoke("remove", "owls", "--delete", content=content)
    assert result.output.startswith("owls is deleted: wrote urls.txt, deleted papers/owls.yml"), result.output
    assert invoke("check", "--strict", content=content).exit_code == 0
    tree = Tree(content)
    text = tree.assets["papers/owls/index.html"].decode()
    assert "<h1>&lt;b&gt;Owls in the Dark</h1>" in text
    assert "was removed" in text
    assert 'href="https://doi.org/10.1000/owls"' in text
    assert 'href="https://arxiv.org/abs/2401.00001"' in text
    assert tree.follow("papers/old-owls/") == "&lt;b&gt;Owls in the Dark"
    assert (
        tree.assets["papers/owls/index.md"].decode().startswith("# <b>Owls in the Dark\n\nThis was removed")
    )
    assert "papers/owls/" not in tree.titles
    assert not any(
        b"10.1000/owls" in body for path, body in tree.assets.items() if path.startswith("data/papers")
    )


def test_a_topic_that_is_no_more_ends_its_feeds(content):
    (content / "topics.yml").write_text(TOPICS.splitlines()[0] + "\n")
    lost = invoke("check", content=content)
    assert lost.exit_code == 1
    assert "papershelf remove topics/night/" in lost.output
    done = invoke("remove", "topics/night/", content=content)
    assert done.exit_code == 0, done.output
    assert invoke("check", "--strict", content=content).exit_code == 0
    tree = Tree(content)
    assert tree.follow("topics/night/") == "Night"
    feed = feedparser.parse(tree.assets["topics/night/feed.xml"])
    assert (feed.bozo, feed.entries, feed.feed.subtitle) == (False, [], "This was removed from this index.")
    assert json.loads(tree.assets["topics/night/feed.json"])["expired"] is True
    assert b"removed" in tree.assets["data/topics/night.bib"]
    assert "nothing to do" in invoke("remove", "topics/night/", content=content).output


def test_a_shelf_that_outgrows_plain_files_says_where_they_are(content, monkeypatch):
    monkeypatch.setattr(sizes, "LARGE", 2)
    tree = Tree(content)
    assert b"https://example.org/x/data/papers.bib.gz" in tree.assets["data/papers.bib"]
    assert invoke("check", content=content).exit_code == 0


def test_a_ledger_never_covers_what_stands_there(content):
    """Whatever a ledger says, no page, no file of the theme and no file of the index is written over."""
    own = [
        "papers/wrens/index.html",
        "papers/wrens.html",
        "data/papers.bib/x/",
        "data/topics",
        "mine/",
        "data",
        "index.html",
    ]
    lines = "".join(f"{address}\tX\n" for address in own if address != "data")
    (content / "urls.txt").write_text(lines)
    write(content, {"mine/index.html": "own", "topics.yml": TOPICS})
    before = Tree(content)
    assert "mine/index.html" not in before.assets
    assert "data/topics" not in before.assets
    assert before.follow("papers/wrens.html") == "papers/wrens/"


@pytest.mark.parametrize(
    "line",
    ["papers/x/", "papers/x/\t", "/papers/x/\tX", "../x/\tX", "papers//x/\tX", "assets/x.html\tX", "search/index/a.html\tX", "404.html\tX",
     "x?y/\tX", "http://x/\tX", "a\\b/\tX", "a/\tX\t\tgone", "a/\tX\t\tremoved\tmore", "a/\tX\u2028Y", "robots.txt\tX", ".git/\tX", "<<<<<<< HEAD"],
)  # fmt: skip
def test_a_line_that_is_no_address_is_named(tmp_path, line):
    (tmp_path / "urls.txt").write_text(f"# Head\nabout/\tAbout\n{line}\n")
    ledger, problems = load_ledger(tmp_path)
    assert [(p.code, str(p.place)) for p in problems] == [("bad-address", "urls.txt:3")]
    assert list(ledger) == ["about/"]


def test_the_check_names_what_would_be_lost_and_what_was_used_again(content):
    assert invoke("check", "--strict", content=content).exit_code == 0
    (content / "papers" / "owls.yml").unlink()
    (content / "papers" / "wrens.yml").write_text(record("Bats", title="How Whales Sing"))
    (content / "papers" / "herons.yml").write_text(record("Herons", title="Herons in the Dark Water"))
    found = json.loads(invoke("check", "--format", "json", content=content).output)["problems"]
    assert [(p["code"], p["file"]) for p in found] == [
        ("lost-address", "urls.txt"),
        ("reused-id", "urls.txt"),
    ]
    lines = (content / "urls.txt").read_text().splitlines()
    assert [lines[p["line"] - 1].split("\t")[0] for p in found] == ["papers/owls/", "papers/wrens/"]
    assert "papershelf remove owls" in found[0]["hint"]
    assert invoke("remove", "owls", content=content).exit_code == 0
    left = json.loads(invoke("check", "--format", "json", content=content).output)["problems"]
    assert [p["code"] for p in left] == ["reused-id"]


def test_another_title_with_the_same_identifier_is_the_same_paper(content):
    doi = {"doi": "10.1000/wrens"}
    (content / "papers" / "wrens.yml").write_text(record("Wrens", links=doi))
    invoke("check", "--update-ledger", content=content)
    (content / "papers" / "wrens.yml").write_text(record("Wrens", links=doi, title="How Whales Sing"))
    assert invoke("check", "--strict", content=content).exit_code == 0


def test_the_ledger_only_grows_and_is_written_in_order(content):
    before = (content / "urls.txt").read_text()
    (content / "papers" / "owls.yml").unlink()
    write(content, {"papers/new.yml": record("Larks"), "about.md": "# About *us*\n"})
    result = invoke("check", "--update-ledger", content=content)
    after = (content / "urls.txt").read_text()
    assert set(before.splitlines()) <= set(after.splitlines())
    assert {line.split("\t")[0] for line in set(after.splitlines()) - set(before.splitlines())} == {
        "papers/new/",
        "about/",
    }
    assert after.splitlines()[1:] == sorted(after.splitlines()[1:])
    assert "2 new" in result.output
    invoke("check", "--update-ledger", content=content)
    assert (content / "urls.txt").read_text() == after


def test_without_a_ledger_the_check_says_how_to_begin(content):
    (content / "urls.txt").unlink()
    result = invoke("check", "--strict", content=content)
    assert result.exit_code == 0
    assert "note [no-ledger]" in result.output
    assert "--update-ledger" in result.output


@given(st.text(max_size=80), st.sampled_from(["", "X"]))
def test_any_title_is_read_back_from_the_ledger(title, end):
    """Whatever a title holds, its line is one line, and is read as it was written."""
    what = Published(title=format_title(f"{title}{end}"), names=("doi:10.1000/x",))
    ledger, problems = parse_ledger(render_ledger({"papers/x/": what, "": what}), file="urls.txt")
    assert problems == ()
    assert {address: (found.title, found.names) for address, found in ledger.items()} == dict.fromkeys(
        ("papers/x/", ""), (what.title, what.names)
    )


@pytest.mark.parametrize("now", ["false", "true"])
def test_a_used_id_is_told_whatever_form_addresses_have(tmp_path, now):
    content = tmp_path / "content"
    config = "site_name: x\nuse_directory_urls: {}\nplugins: [papershelf]\n"
    (tmp_path / "mkdocs.yml").write_text(config.format("false"))
    write(content, {"papers/owls.yml": record("Owls")})
    assert invoke("check", "--update-ledger", content=content).exit_code == 0
    assert "papers/owls.html\t" in (content / "urls.txt").read_text()
    (tmp_path / "mkdocs.yml").write_text(config.format(now))
    (content / "papers" / "owls.yml").write_text(record("Bats", title="How Whales Sing"))
    for more in ((), ("--update-ledger",), ()):  # which keeps the error
        found = json.loads(invoke("check", "--format", "json", *more, content=content).stdout)["problems"]
        assert [p["code"] for p in found if p["code"] != "lost-address"] == ["reused-id"]


def test_an_id_of_a_deleted_paper_goes_to_nobody_but_that_paper(content):
    doi = {"doi": "10.1000/old"}
    write(content, {"papers/editorial.yml": record("Larks", title="Editorial", links=doi)})
    assert invoke("check", "--update-ledger", content=content).exit_code == 0
    assert invoke("remove", "editorial", "--delete", content=content).exit_code == 0
    for number, key in (("new", "editorial-"), ("old", "editorial")):
        file = content.parent / f"{number}.bib"
        file.write_text(f"@misc{{a, title = {{Editorial}}, doi = {{10.1000/{number}}}}}\n")
        assert invoke("import", "bibtex", str(file), content=content).exit_code == 0
        found = json.loads(invoke("check", "--format", "json", content=content).output)["problems"]
        assert not [p for p in found if p["code"] == "reused-id"]
        (new,) = (content / "papers").glob("editorial*.yml")
        assert new.stem == key or (new.stem.startswith(key) and number == "new")
        new.unlink()
    write(content, {"papers/editorial.yml": record("Larks", title="Editorial", links={"doi": "10.1000/new"})})
    found = json.loads(invoke("check", "--format", "json", content=content).output)["problems"]
    assert "reused-id" in [p["code"] for p in found]
