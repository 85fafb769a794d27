"""What is in a checkout is never obeyed: every hidden file that the program reads or has ever read, hostile, in a commit.

Each verb of the command line runs in a clone of its own. Nothing outside of the clone may change, nothing that was planted
may be obeyed, deleted or shown, and no lock may be left.
"""

import hashlib
import http.client
import http.server
import json
import os
import shutil
import stat
import subprocess
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from browsing import PATIENCE
from commands import Running, start_server
from support import ROOT, find_port

from generator.cli import VERBS as COMMANDS
from generator.model import Author, Paper
from generator.network.answer_cache import AnswerCache
from generator.records import cache as records
from generator.records.read import DATA_FILES
from generator.storage.folder import Folder
from generator.storage.transaction import write_files

EVIL = "EVIL"
"""What every hostile text says; no output may say it."""
OWLS = "title: Owls at Night\nsummary: They hear mice.\nadded: '2024-06-02'\nlinks: {doi: 10.1234/owls}\n"
MICE = "title: Mice that Listen\nsummary: They hear owls.\nadded: '2024-06-03'\n"
TOPICS = "- {id: birdsong, name: Birdsong, rules: [owl]}\n"
HOOK = f"#!/bin/sh\necho {EVIL} > ../outside/hooked\n"
CONFIG = "INHERIT: mkdocs.yml\nhooks: [hook.py]\n"
CODE = f"from pathlib import Path\nPath('../outside/imported').write_text('{EVIL}')\n"
SITE = f"<!doctype html><title>{EVIL}</title>"
RECORD = f"title: {EVIL}\n"
STAGED = ".papershelf-0123456789abcdef"
GH = '#!/bin/sh\nfor word; do test ! -f "$word" || cat "$word"; done\n'
"""A client that says aloud what it is to publish."""
BIB = "@misc{a, title = {Wrens at Dawn}, doi = {10.1234/wrens}}\n"

VERBS = {
    "init": ["init", "new-index"],
    "import": ["import", "bibtex", "more.bib"],
    "add": ["add", "10.1234/new", "--base", "crossref={service}", "--base", "openalex={service}"],
    "sync": ["sync"],
    "export": ["export", "jsonl", "-o", "out/papers.jsonl"],
    "enrich": ["enrich", "--source", "crossref", "--ids", "owls", "--base", "crossref={service}"],
    "rename": ["rename", "mice", "mice-listening"],
    "merge": ["merge", "mice", "owls"],
    "remove": ["remove", "mice", "--delete"],
    "upgrade": ["upgrade"],
    "check": ["check", "--update-ledger"],
    "changes": ["changes", "HEAD"],
    "stats": ["stats"],
    "topics": ["topics"],
    "map": ["map"],
    "embed": ["embed", "--model", "content"],
    "generate": ["generate", "tree"],
    "build": ["build", "--checksums", "out/SUMS", "--content", "content"],
    "serve": ["serve", "--dev-addr", "127.0.0.1:{port}", "--content", "content"],
    "snapshot": ["snapshot", "kept"],
    "propose": ["propose", "more", "--title", "More"],
    "tell": ["tell", "report.txt", "--issue", "1"],
}


def digest(path):
    return hashlib.blake2b(os.fsencode(path.resolve()), digest_size=16).hexdigest()


def pack_records(content):
    """Return a file of known records, with the right digests, that says something else of each."""
    poison = {
        "owls.yml": Paper(id="../../../outside/escaped", title=EVIL, authors=(Author(name=EVIL),)),
        "mice.yml": Paper(id="mice", title="Mice", links={"page": (f"javascript:{EVIL}",)}),
    }
    known = {
        records.digest(f"papers/{name}", (content / "papers" / name).read_text()): records.Known(paper)
        for name, paper in poison.items()
    }
    body = msgspec.msgpack.encode(known)
    mark = records._mark()  # noqa: SLF001 (the file as the program writes it)
    return hashlib.blake2b(mark + body, digest_size=16).digest() + body


def pack_answer(doi):
    body = {"message": {"DOI": doi, "title": ["Owls at Night"], "container-title": [EVIL], "type": "journal-article"}}  # fmt: skip
    return msgspec.msgpack.encode(AnswerCache(body=json.dumps(body), etag='"1"'))


def plant_caches(folder, service):
    """Plant what builds and look-ups keep, also where it was kept once, and sites that builds left."""
    known = pack_records(folder / "content")
    answers = {
        hashlib.blake2b(
            f"{service}/works/{quote(doi, safe='')}".encode(), digest_size=16
        ).hexdigest(): pack_answer(doi)
        for doi in ("10.1234/owls", "10.1234/new")
    }
    write(folder, ".papershelf/records.bin", known)
    for answer, body in answers.items():
        write(folder, f".papershelf/enrich/{answer}.answer", body)
    (folder / ".papershelf" / "report.txt").symlink_to("../../outside/kept")
    for cache in (".cache", "cache"):
        write(folder, f"{cache}/papershelf/{digest(folder / 'content')}/records.bin", known)
        for answer, body in answers.items():
            write(folder, f"{cache}/papershelf/{digest(folder / 'content')}/answers/{answer}.answer", body)
    for name in (".site-evil.new", ".site-evil.old", ".site-0123456789abcdef.old", ".tree-evil.old"):
        write(folder, f"{name}/index.html", SITE)
        (folder / name / "up").symlink_to("../../outside")
    (folder / ".site-link.new").symlink_to("../outside/victim")
    for verb in ("build", "serve"):
        mark = hashlib.sha256(os.fsencode((folder / "content").resolve())).hexdigest()[:8]
        write(folder, f".papershelf-{verb}-{mark}.yml", CONFIG)
    write(folder, "hook.py", CODE)
    for state in (".local/state", "state"):
        write(
            folder,
            f"{state}/papershelf/{digest(folder / 'site')}/staged.json",
            '{"stem":".site-0123456789abcdef"}',
        )


def plant_transactions(folder, _service):
    """Plant what a killed command leaves, as it was once and as it is now, with links that lead out."""
    content = folder / "content"
    write(folder, "content/.papershelf.whole/put/hooks/post-checkout", HOOK, mode=0o755)
    write(folder, "content/.papershelf.whole/put/outside/escaped", EVIL)
    write(folder, "content/.papershelf.whole/put/papers/evil.yml", RECORD)
    write(folder, "content/.papershelf.whole/drop/outside/victim/index.html", "")
    write(folder, "content/.papershelf.new/put/papers/evil.yml", RECORD)
    write(folder, f"content/{STAGED}/0", HOOK, mode=0o755)
    write(folder, f"content/{STAGED}/1", RECORD)
    (content / "hooks").symlink_to("../.git/hooks")
    (content / "outside").symlink_to("../../outside")
    texts = (HOOK, RECORD)
    names = ("hooks/post-checkout", "papers/evil.yml")
    steps = [
        [n, "", hashlib.blake2b(t.encode(), digest_size=32).hexdigest()]
        for n, t in zip(names, texts, strict=True)
    ]
    for state in (".local/state", "state"):
        kept = json.dumps({"folder": STAGED, "steps": steps})
        write(folder, f"{state}/papershelf/{digest(content)}/transaction.json", kept)


def plant_links(folder, _service):
    """Plant links in the place of whatever is written."""
    for name, target in {"site": "../outside/victim", "tree": ".git", "kept": "../outside/empty", "out": ".git/hooks", "new-index": "../outside/empty"}.items():  # fmt: skip
        (folder / name).symlink_to(target)


def plant_site(folder, _service):
    """Plant a site with links in it."""
    write(folder, "site/index.html", "<!doctype html><title>Birds</title>")
    (folder / "site" / "data").mkdir()
    (folder / "site" / "data" / "papers.bib").symlink_to("../../../outside/kept")
    (folder / "site" / "papers").symlink_to("../../outside/content")


def plant_readers(folder, _service):
    """Plant links to a file outside in the place of all that is read from a shelf."""
    for name in (*DATA_FILES, "about.md", "papers/linked.yml", "papers/part.jsonl", "papers/page.md"):
        (folder / "content" / name).unlink(missing_ok=True)
        (folder / "content" / name).symlink_to("../" * name.count("/") + "../../outside/kept")
    (folder / "content" / "enrich.yml").unlink()
    (folder / "content" / "enrich.yml").symlink_to("../../outside/enrich.yml")
    (folder / "report.txt").unlink()
    (folder / "report.txt").symlink_to("../outside/kept")
    (folder / "sources").mkdir()
    write(
        folder,
        "sources/sources.txt",
        "bibtex ../../outside/kept\nbibtex ../.papershelf/more.bib\nbibtex kept\n",
    )
    (folder / "sources" / "kept").symlink_to("../../outside/kept")


def plant_content(folder, _service):
    """Plant a link in the place of the whole shelf."""
    shutil.rmtree(folder / "content")
    (folder / "content").symlink_to("../outside/content")


def plant_repository(folder, _service):
    """Plant a repository without a working tree in the content folder, whose configuration names a program."""
    content = folder / "content"
    subprocess.run(["git", "init", "-q", "--bare", content / "bare"], check=True)
    for name in ("HEAD", "objects", "refs"):
        (content / "bare" / name).rename(content / name)
        if name != "HEAD":
            write(content, f"{name}/kept", "")  # a commit has no empty folders
    shutil.rmtree(content / "bare")
    write(content, "evil.sh", HOOK, mode=0o755)
    write(
        content,
        "config",
        "[core]\n\trepositoryformatversion = 0\n\tworktree = .\n\tfsmonitor = cd .. && content/evil.sh\n",
    )


def plant_nothing(_folder, _service):
    """Plant nothing."""


PLANTS = {
    "caches": plant_caches,
    "transactions": plant_transactions,
    "links": plant_links,
    "site": plant_site,
    "readers": plant_readers,
    "content": plant_content,
}


def write(folder, name, body, *, mode=0o644):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    path.chmod(mode)


def list_all(folder):
    """Return everything below a folder: the kind and rights, and the bytes of files or where links lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        what = path.readlink() if path.is_symlink() else path.read_bytes() if stat.S_ISREG(mode) else None
        found[path.relative_to(folder).as_posix()] = (mode, what)
    return found


@pytest.fixture(scope="module")
def service():
    """Return the address of a service that knows one work, and says of everything that it has not changed."""
    work = json.dumps({"message": {"DOI": "10.1234/new", "title": ["A New Owl"]}}).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = work if self.path == "/works/10.1234%2Fnew" else b""
            self.send_response(304 if "If-None-Match" in self.headers else 200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def fill_place(folder, plant, service):
    """Fill a folder with a clone of a hostile repository, what is beside it, and the tools of the user who cloned it."""
    for name in ("temporary", "tools"):
        (folder / name).mkdir(parents=True)
    write(folder, "tools/gh", GH, mode=0o755)
    outside = folder / "outside"
    for name in ("kept", "victim/index.html", "content/papers/theirs.yml", "content/urls.txt"):
        write(outside, name, RECORD if name.endswith(".yml") else EVIL)
    write(outside, "enrich.yml", f"owls:\n- {{field: {EVIL}, value: {EVIL}, source: {EVIL}}}\n")
    (outside / "empty").mkdir()
    clone = folder / "clone"
    shutil.copytree(ROOT / "generator" / "scaffold", clone)
    for path in (clone / "content" / "papers").iterdir():
        path.unlink()  # what is invented there goes with the first import
    for name, text in {"content/topics.yml": TOPICS, "content/papers/owls.yml": OWLS, "content/papers/mice.yml": MICE, "content/map.csv": "id,x,y\nowls,10,20\n",
                       "more.bib": BIB, "content/sources.txt": "bibtex ../more.bib\n", "report.txt": "A report.\n"}.items():  # fmt: skip
        write(clone, name, text)
    plant(clone, service)
    git = ("git", "-c", "user.name=Eve", "-c", "user.email=eve@example.org")
    for command in (["init", "-q", "-b", "main"], ["add", "--force", "."], ["commit", "-q", "-m", "Help"]):
        subprocess.run([*git, *command], cwd=clone, check=True)
    clone.rename(folder / "origin")
    subprocess.run([*git, "clone", "-q", folder / "origin", clone], check=True)


@pytest.fixture(scope="module")
def make_place(service, tmp_path_factory):
    """Return a function that makes a place with something planted: anew for each test, at one path, which is in what is planted."""
    made = {}

    def make(plant, home):
        folder = made.get(plant)
        if folder is None:
            folder = made[plant] = tmp_path_factory.mktemp("planted")
            fill_place(folder / "place", plant, service)
            shutil.copytree(folder / "place", folder / "first", symlinks=True)
        else:
            shutil.rmtree(folder / "place")
            shutil.copytree(folder / "first", folder / "place", symlinks=True)
        return Place(folder / "place", home)

    return make


class Place:
    """A clone of a hostile repository, what is beside it, and the home of the user who cloned it."""

    def __init__(self, folder, home):
        self.folder, self.clone, self.outside = folder, folder / "clone", folder / "outside"
        self.said = folder / "said"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
            **home(self), "TMPDIR": str(folder / "temporary"), "PATH": f"{folder / 'tools'}:{os.environ['PATH']}",
        }  # fmt: skip

    def run(self, *words, below=""):
        """Run a verb, there or in a folder below, and return its exit code and all that it said."""
        with self.start(words, below) as running:
            return running.wait(), self.said.read_text()

    def start(self, words, below=""):
        """Start a verb, or MkDocs with words of its own."""
        module, *words = words if words[0] == "mkdocs" else ("generator", *words)
        with self.said.open("wb") as said, Path(os.devnull).open() as nothing:
            streams = [nothing.fileno(), said.fileno(), said.fileno()]
            return Running(
                start_server(), [module, words, str(self.clone / below), self.environment], streams
            )


ERRORS = 'id="papershelf-errors"'
"""What is in a page of a preview whose build failed."""


def preview(place, words, port):
    """Show a preview until it answers or ends; return its exit code (1 where it shows errors) and what it said and showed."""
    shown, end = "", time.monotonic() + PATIENCE
    with place.start(words) as running:
        while running.is_alive() and not shown and time.monotonic() < end:
            time.sleep(0.1)
            for path in ("papers/mice/", "papers/owls/", ""):
                try:
                    with urllib.request.urlopen(
                        f"http://127.0.0.1:{port}/{path}", timeout=PATIENCE
                    ) as answer:
                        shown += answer.read().decode()
                except (OSError, http.client.HTTPException):
                    continue
        code = int(not shown or ERRORS in shown) if running.is_alive() else running.wait()
    return code, place.said.read_text() + shown


READING = VERBS.keys() - {"init", "propose", "snapshot", "tell"}
"""The verbs that read the shelf."""
EXPECTED = {
    "caches": {"embed": (2,)},
    "transactions": dict.fromkeys(READING, (1,)) | {"snapshot": (2,), "changes": (0,)},
    "links": {"embed": (2,), "export": (1,), "build": (1,), "generate": (2,), "snapshot": (2,), "init": (2,)},
    "site": {"embed": (2,), "snapshot": (2,)},
    "readers": dict.fromkeys(READING, (1,)) | {"snapshot": (2,), "changes": (0,), "tell": (2,)},
    "content": dict.fromkeys([*READING, "propose"], (2,)) | {"snapshot": (2,)},
}
"""The exit codes of verbs, where they are not 0. `embed` finds no model: nothing but the model itself would pass for it."""
HOMES = {
    "a home": lambda place: {"HOME": str(place.folder / "home")},
    "home is the clone": lambda place: {"HOME": str(place.clone)},
    "variables lead into the clone": lambda place: {
        "HOME": str(place.folder / "home"), "XDG_STATE_HOME": str(place.clone / "state"), "XDG_CACHE_HOME": str(place.clone / "cache"),
    },
}  # fmt: skip
WRITING = ("add", "import", "check", "build", "enrich")
"""One of each kind of verb that looks for what the machine keeps."""
CASES = [(verb, plant, "a home") for plant in PLANTS for verb in VERBS]
CASES += [
    (verb, plant, home)
    for plant in ("caches", "transactions")
    for home in list(HOMES)[1:]
    for verb in WRITING
]


def test_every_verb_is_tried():
    assert VERBS.keys() == COMMANDS.keys()


@pytest.mark.parametrize(("verb", "plant", "home"), CASES)
def test_nothing_that_a_commit_brings_is_obeyed(make_place, service, verb, plant, home):
    place = make_place(PLANTS[plant], HOMES[home])
    if verb == "snapshot" and plant == "caches":
        assert place.run("build")[0] == 0
    port = find_port()
    words = [word.format(service=service, port=port) for word in VERBS[verb]]
    clone, outside, hooks = (
        list_all(place.clone),
        list_all(place.outside),
        list_all(place.clone / ".git" / "hooks"),
    )
    code, said = preview(place, words, port) if verb == "serve" else place.run(*words)
    assert "Traceback" not in said, said
    assert EVIL not in said
    assert list_all(place.outside) == outside
    assert list_all(place.clone / ".git" / "hooks") == hooks
    after = {name: what for name, what in list_all(place.clone).items() if not name.startswith(".git/")}
    gone = {name for name, what in clone.items() if not name.startswith(".git/") and after.get(name) != what}
    own = (
        "content/papers/",
        "content/map.csv",
        "content/embeddings.txt",
        "content/urls.txt",
        "content/enrich.yml",
        *(["site/"] if verb == "build" else []),
    )
    assert all(name.startswith(own) for name in gone), gone
    new = {name: what for name, (_, what) in after.items() if name not in clone or name in gone}
    assert not [name for name, what in new.items() if isinstance(what, bytes) and EVIL.encode() in what]
    assert not [name for name in new if "evil" in name or name.startswith((".papershelf", "content/."))]
    assert verb == "serve" or not list((place.folder / "temporary").glob("*.lock"))  # that one was killed
    assert code in EXPECTED[plant].get(verb, (0,)), said
    if plant == "transactions" and verb in READING:
        planted = place.said.read_text().count("this machine has no record of one")
        assert planted == 3, said


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("verb", ["build", "serve"])
def test_nor_does_plain_mkdocs_obey_it(make_place, verb, plant):
    place = make_place(PLANTS[plant], HOMES["a home"])
    port = find_port()
    outside, git = list_all(place.outside), list_all(place.clone / ".git")
    words = ["mkdocs", verb, *(["--dev-addr", f"127.0.0.1:{port}"] if verb == "serve" else ["--strict"])]
    code, said = preview(place, words, port) if verb == "serve" else place.run(*words)
    assert "Traceback" not in said, said
    assert EVIL not in said
    assert (list_all(place.outside), list_all(place.clone / ".git")) == (outside, git)
    refused = plant in {"transactions", "readers", "content"} or (plant == "links" and verb == "build")
    assert code == int(refused), said


@pytest.mark.parametrize("verb", sorted(READING))
def test_every_verb_finishes_what_a_killed_one_has_committed(make_place, service, monkeypatch, verb):
    """No verb may forget to ask what this machine keeps."""
    place = make_place(plant_nothing, HOMES["a home"])
    state = place.folder / "home" / ".local" / "state" / "papershelf"
    state.mkdir(parents=True, mode=0o700)
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "move", killed)
        with pytest.raises(KeyboardInterrupt):
            write_files(place.clone / "content", {"papers/new.yml": "title: Larks\n"}, state)
    assert list(place.clone.glob("content/.papershelf-*"))
    port = find_port()
    words = [word.format(service=service, port=port) for word in VERBS[verb]]
    code, said = preview(place, words, port) if verb == "serve" else place.run(*words)
    assert code == (2 if verb == "embed" else 0), said
    assert (place.clone / "content" / "papers" / "new.yml").read_text() == "title: Larks\n"
    assert not list(place.clone.glob("content/.papershelf-*"))
    assert not list(state.rglob("transaction.json"))


def killed(*_):
    raise KeyboardInterrupt


def test_links_are_not_asked_of_what_a_link_leads_to(make_place):
    place = make_place(plant_readers, HOMES["a home"])
    code, said = place.run("check", "--links")
    assert code == 1
    assert EVIL not in said


def test_sources_are_read_from_their_own_project(make_place):
    place = make_place(plant_readers, HOMES["a home"])
    code, said = place.run("import", "sources", "sources/sources.txt", "--content", "new")
    assert code == 1
    assert said.count("is outside the project") == 3, said
    assert EVIL not in said
    assert not (place.clone / "new" / "papers").exists()


REPOSITORY = [
    (["changes", "HEAD"], ""), (["upgrade", "--added"], ""), (["propose", "more", "--title", "More"], ""),
    (["tell", "../report.txt", "--issue", "1"], "content"), (["snapshot", "../kept", "-d", "../../outside/victim", "--release"], "content"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "below"), REPOSITORY, ids=lambda value: value[0] if value else "")
def test_git_obeys_no_repository_that_a_commit_has_put_inside(make_place, words, below):
    place = make_place(plant_repository, HOMES["a home"])
    write(place.folder, "tools/gh", "#!/bin/sh\ngit status\n", mode=0o755)
    outside = list_all(place.outside)
    before = subprocess.run(["git", "status"], cwd=place.clone / "content", capture_output=True, check=False)
    assert (place.outside / "hooked").exists(), before.stderr  # so it would be
    (place.outside / "hooked").unlink()
    code, said = place.run(*words, below=below)
    assert (code, "content/HEAD would make Git use" in said) == (1, True), said
    assert list_all(place.outside) == outside


@pytest.mark.parametrize("verb", ["check", "build", "import"])
@pytest.mark.parametrize("home", ["a home", "home is the clone"])
def test_a_pipe_is_not_waited_for(make_place, verb, home):
    """A commit has none, but an unpacked archive may."""
    place = make_place(plant_caches, HOMES[home])
    content = place.clone / "content"
    for file in (
        ".papershelf/records.bin", "content/.papershelf.whole", f"content/{STAGED}", ".site-pipe.new",
        f".cache/papershelf/{digest(content)}/records.bin", f".local/state/papershelf/{digest(content)}/transaction.json",
    ):  # fmt: skip
        (place.clone / file).parent.mkdir(parents=True, exist_ok=True)
        (place.clone / file).unlink(missing_ok=True)
        os.mkfifo(place.clone / file)
    before = list_all(place.clone)
    code, said = place.run(*VERBS[verb])
    assert code == 1
    assert said.count("[not-ours]") == 2
    assert {name: what for name, what in list_all(place.clone).items() if name in before} == before
