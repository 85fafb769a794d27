"""The editor of a preview writes what a checked form of its own page sends, and nothing else."""

import io
import json

import pytest
from invented import PNG, RECORD
from msgspec import structs
from selectolax.lexbor import LexborHTMLParser

from generator.fields import FIELDS
from generator.labels.labels import list_languages, load_labels
from generator.limits import RECORD_BYTES
from generator.mkdocs_plugin.editor.editor import Editor
from generator.mkdocs_plugin.editor.form import list_fields
from generator.model import Paper, Taxonomy
from generator.pipeline import Steps
from generator.records.read import load_shelf

ADDRESS = ("127.0.0.1", 8000)
OWLS = """\
# Read by hand.
title:   'Owls at Night'  # of 2024
published: "2024-05-01"

topics:
  - birds   # what else
links:
  code: https://a.example/owls # theirs
extra: {size: 7, left: alone}
"""
FILES = {
    "papers/owls.yml": OWLS,
    "papers/wrens.yml": "title: Wrens\nlinks: {doi: 10.1000/wrens}\n",
    "papers/more.jsonl": '{"title": "Mice", "id": "mice"}\n{"id":"bats","title":"Bats","note":"Old."}\r\n',
    "topics.yml": "- {id: birds, name: Birds}\n- {id: prey, name: 'Prey & <co>'}\n",
    "shelf.yml": "format: 1\nfields:\n  size: {label: Size, type: number, unit: B}\n  open: {type: flag}\n",
}


class Body(io.BytesIO):
    """The body of a request that says whether it was read."""

    was_read = False

    def read(self, *given):
        self.was_read = True
        return super().read(*given)


class Client:
    """Sends the requests of a page of the preview, with some headers changed."""

    def __init__(self, content):
        self.content = content
        self.editor = Editor(content, Steps())

    def send(self, what, body, *, address=ADDRESS, **changed):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.body = Body(raw)
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": f"/.papershelf/{what}",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(raw)),
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ORIGIN": "http://127.0.0.1:8000",
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_X_PAPERSHELF_TOKEN": self.editor.token,
            "wsgi.input": self.body,
        } | changed
        begun = []
        answer = self.editor.answer(
            {name: value for name, value in environ.items() if value is not None},
            lambda status, headers: begun.append((status, dict(headers))),
            address,
        )
        (status, self.headers), text = begun[0], b"".join(answer)
        assert self.headers["Content-Length"] == str(len(text))
        assert not any(name.lower().startswith("access-control") for name in self.headers)
        said = json.loads(text)
        assert status.startswith(str(said["status"]))
        return said

    def open(self, paper):
        return self.send("form", {"paper": paper})

    def save(self, paper, **values):
        """Save values, with underscores for the dots in their names."""
        named = {name.replace("__", "."): value for name, value in values.items()}
        return self.send("save", {"paper": paper, "source": self.open(paper)["source"], "values": named})

    def read(self, name):
        return (self.content / name).read_bytes().decode()


@pytest.fixture
def client(shelf_on_disk):
    return Client(shelf_on_disk({name: text.encode() for name, text in FILES.items()}))


def snapshot(content):
    return {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}


BEFORE_THE_BODY = {
    "another method": ({"REQUEST_METHOD": "GET"}, 405),
    "a question before a request": ({"REQUEST_METHOD": "OPTIONS"}, 405),
    "no token": ({"HTTP_X_PAPERSHELF_TOKEN": None}, 403),
    "another token": ({"HTTP_X_PAPERSHELF_TOKEN": "x" * 43}, 403),
    "a token with other letters": ({"HTTP_X_PAPERSHELF_TOKEN": "\u00fc"}, 403),
    "no origin": ({"HTTP_ORIGIN": None}, 403),
    "a hidden origin": ({"HTTP_ORIGIN": "null"}, 403),
    "another origin": ({"HTTP_ORIGIN": "https://evil.example"}, 403),
    "another port of this machine": ({"HTTP_ORIGIN": "http://127.0.0.1:9000"}, 403),
    "another scheme": ({"HTTP_ORIGIN": "https://127.0.0.1:8000"}, 403),
    "another site": ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
    "a site beside it": ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
    "no host": ({"HTTP_HOST": None}, 403),
    "a name of a stranger that leads here": ({"HTTP_HOST": "evil.example:8000", "HTTP_ORIGIN": "http://evil.example:8000"}, 403),
    "such a name that ends as ours": ({"HTTP_HOST": "x.localhost:8000", "HTTP_ORIGIN": "http://x.localhost:8000"}, 403),
    "two hosts": ({"HTTP_HOST": "127.0.0.1:8000,evil.example"}, 403),
    "another port in the host": ({"HTTP_HOST": "127.0.0.1:80", "HTTP_ORIGIN": "http://127.0.0.1:80"}, 403),
    "the name of all addresses": ({"HTTP_HOST": "0.0.0.0:8000", "HTTP_ORIGIN": "http://0.0.0.0:8000"}, 403),
    "the type of a form": ({"CONTENT_TYPE": "application/x-www-form-urlencoded"}, 415),
    "the type of a text": ({"CONTENT_TYPE": "text/plain; application/json"}, 415),
    "no type": ({"CONTENT_TYPE": None}, 415),
    "no length": ({"CONTENT_LENGTH": None}, 411),
    "an empty length": ({"CONTENT_LENGTH": ""}, 411),
    "a negative length": ({"CONTENT_LENGTH": "-1"}, 411),
    "more than a record may have": ({"CONTENT_LENGTH": str(RECORD_BYTES + 1)}, 413),
    "a number that takes long to read": ({"CONTENT_LENGTH": "9" * 5000}, 413),
}  # fmt: skip


@pytest.mark.parametrize("what", ["form", "save"])
@pytest.mark.parametrize("name", BEFORE_THE_BODY)
def test_what_is_no_request_of_the_own_page_is_refused_unread(client, name, what):
    changed, status = BEFORE_THE_BODY[name]
    good = {"paper": "owls", "source": client.open("owls")["source"], "values": {"title": "Changed"}}
    before = snapshot(client.content)
    said = client.send(what, good if what == "save" else {"paper": "owls"}, **changed)
    assert said["status"] == status, said
    assert "source" not in {name for name, value in said.items() if value}
    assert not client.body.was_read
    assert client.headers.get("Allow") == ("POST" if status == 405 else None)
    assert snapshot(client.content) == before


BODIES = {
    "no JSON": b"{",
    "a list": b"[]",
    "no paper": {"values": {}},
    "something else": {"paper": "owls", "path": "../x"},
    "a number": {"paper": "owls", "values": {"title": 1}},
    "bytes that are no text": b'{"paper": "\xff"}',
    "depth": b"[" * 100_000,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_of_another_shape_is_refused(client, name):
    before = snapshot(client.content)
    assert client.send("save", BODIES[name])["status"] == 400
    assert snapshot(client.content) == before


def test_a_server_that_others_can_reach_edits_nothing(client):
    for host in ("0.0.0.0", "192.0.2.1", "::"):  # noqa: S104 (nothing is bound)
        shown = f"[{host}]" if ":" in host else host
        for name in (f"{shown}:8000", "localhost:8000"):
            said = client.send("form", {"paper": "owls"}, address=(host, 8000), HTTP_HOST=name, HTTP_ORIGIN=f"http://{name}")  # fmt: skip
            assert said["status"] == 403


def test_the_names_of_this_machine_are_known(client):
    for address, name in (
        (ADDRESS, "localhost:8000"),
        (("::1", 8000), "[::1]:8000"),
        (("127.0.0.1", 80), "127.0.0.1"),
        (("127.0.0.1", 80), "LOCALHOST"),
    ):
        origin = f"http://{name.lower()}"
        said = client.send("form", {"paper": "owls"}, address=address, HTTP_HOST=name, HTTP_ORIGIN=origin)
        assert said["status"] == 200, (address, name)


def test_each_run_has_a_token_of_its_own(client):
    assert Editor(client.content, Steps()).token != client.editor.token
    assert len(client.editor.token) >= 43


def test_nothing_else_is_at_this_place(client):
    assert client.send("other", {"paper": "owls"})["status"] == 404


def test_only_the_changed_bytes_of_a_file_change(client):
    said = client.save(
        "owls", title="Owls: by 'Day'", summary="They sleep.", topics=["birds", "prey"], extra__size="8"
    )
    assert (said["status"], said["saved"]) == (200, "papers/owls.yml"), said
    assert (
        client.read("papers/owls.yml")
        == """\
# Read by hand.
title:   'Owls: by ''Day'''  # of 2024
summary: They sleep.
published: "2024-05-01"

topics:
  - birds   # what else
  - prey
links:
  code: https://a.example/owls # theirs
extra: {size: '8', left: alone}
"""
    )
    assert {path.name for path in client.content.rglob("*") if path.is_file()} == {
        path.rpartition("/")[2] for path in FILES
    }


def test_an_emptied_field_is_removed_and_what_no_form_shows_stays(client):
    assert client.save("owls", published="", links__code="", extra__size="")["saved"]
    assert client.read("papers/owls.yml") == OWLS.replace('published: "2024-05-01"\n', "").replace(
        "links:\n  code: https://a.example/owls # theirs\n", "# theirs\n"
    ).replace("size: 7, ", "")


def test_a_text_that_cannot_be_edited_is_refused(client):
    path = client.content / "papers" / "wrens.yml"
    path.write_text(
        text := "title: Wrens\nauthors: [{name: Ann Lark, # who\n  orcid: 0000-0002-1825-0097}]\n"
    )
    said = client.save("wrens", authors="Bob Rook")
    assert (said["status"], said["saved"]) == (422, "")
    assert "papers/wrens.yml" in said["message"]
    assert path.read_text() == text


def test_one_line_of_json_lines_changes(client):
    assert client.save("bats", note="New.", featured=True)["saved"] == "papers/more.jsonl"
    mice, bats = FILES["papers/more.jsonl"].split("\n", 1)
    assert client.read("papers/more.jsonl") == mice + "\n" + bats.replace(
        '"note":"Old."', '"featured":true,"note":"New."'
    )


def test_a_form_as_it_was_opened_writes_nothing(client):
    (client.content / "papers" / "all-facts.yml").write_text(RECORD)
    (client.content / "figures").mkdir()
    (client.content / "figures" / "owls.png").write_bytes(PNG)
    topics = client.content / "topics.yml"
    topics.write_text(topics.read_text() + "- {id: wrens, name: Wrens}\n")
    shelf, _ = load_shelf(client.content)
    for key, paper in shelf.papers.items():
        fields = list_fields(paper, Taxonomy(), shelf.own_fields, load_labels())
        values = {field.name: field.value for field in fields if field.control != "boxes"}
        before = snapshot(client.content)
        said = client.send("save", {"paper": key, "source": client.open(key)["source"], "values": values})
        assert (said["status"], said["saved"]) == (200, ""), said
        assert snapshot(client.content) == before


CHANGES = {
    "title": ("New <b>title</b> & $x$", "New <b>title</b> & $x$"),
    "key": ("doe2024", "doe2024"),
    "abstract": ("One.\n\nTwo.", "One.\n\nTwo."),
    "author_count": ("12", 12),
    "venue_type": ("journal", "journal"),
    "kind": ("survey", "survey"),
    "status": ("withdrawn", "withdrawn"),
    "superseded_by": ("wrens", "wrens"),
    "featured": (True, True),
    "not_topics": (["prey"], ("prey",)),
    "isbn": ("978-3-16-148410-0", "978-3-16-148410-0"),
    "language": ("no", "no"),
    "added": ("2024-06-01", "2024-06-01"),
    "venue": ("Journal: of Owls #1", "Journal: of Owls #1"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_field_gets_what_was_entered_and_no_other_changes(client, name):
    entered, read = CHANGES[name]
    before = load_shelf(client.content)[0].papers["owls"]
    assert client.save("owls", **{name: entered})["saved"] == "papers/owls.yml"
    after = load_shelf(client.content)[0].papers["owls"]
    assert getattr(after, name) == read
    changed = {one for one in FIELDS if getattr(before, one) != getattr(after, one)}
    assert changed == {name}


def test_names_keep_what_else_is_known_of_them(client):
    path = client.content / "papers" / "wrens.yml"
    path.write_text("title: Wrens\nauthors: [{name: Owl, literal: true}, {name: Ann Lark, orcid: 0000-0002-1825-0097}, Bob Rook]\n")  # fmt: skip
    names = "Ann Lark 0000-0002-1825-0097\n\n  Owl\nCy Finch 0000-0001-5109-3700\n"
    assert client.save("wrens", authors=names)["saved"]
    assert [structs.asdict(author) for author in load_shelf(client.content)[0].papers["wrens"].authors] == [
        {"name": "Ann Lark", "orcid": "0000-0002-1825-0097", "literal": False},
        {"name": "Owl", "orcid": "", "literal": True},
        {"name": "Cy Finch", "orcid": "0000-0001-5109-3700", "literal": False},
    ]


def test_a_reason_of_a_topic_stays(client):
    path = client.content / "papers" / "wrens.yml"
    path.write_text("title: Wrens\ntopics: [{id: birds, why: 'wren in the title'}]\n")
    assert client.save("wrens", topics=["birds", "prey"])["saved"]
    assert path.read_text() == "title: Wrens\ntopics: [{id: birds, why: 'wren in the title'}, prey]\n"


def test_a_picture_is_added_changed_and_removed(client):
    (client.content / "figures").mkdir()
    (client.content / "figures" / "wrens.png").write_bytes(PNG)
    said = client.save("wrens", image__file="figures/wrens.png")
    assert [problem["field"] for problem in said["problems"]] == ["image.alt"]
    assert client.save("wrens", image__file="figures/wrens.png", image__alt="A wren.")["saved"]
    said = client.save("wrens", image__file="figures/other.png")
    assert [problem["field"] for problem in said["problems"]] == ["image.file"]
    assert client.save("wrens", image__licence="CC0")["saved"]
    assert "image:\n  file: figures/wrens.png\n  alt: A wren.\n  licence: CC0\n" in client.read(
        "papers/wrens.yml"
    )
    empty = dict.fromkeys(("image__file", "image__alt", "image__licence"), "")
    assert client.save("wrens", **empty)["saved"]
    assert client.read("papers/wrens.yml") == FILES["papers/wrens.yml"]


INVALID = {
    "no title": ({"title": " "}, "title", "title"),
    "a date that is none": ({"published": "yesterday"}, "published", "YYYY-MM-DD"),
    "a day that does not exist": ({"added": "2024-02-30"}, "added", "date"),
    "a number that is none": ({"author_count": "many"}, "author_count", "author_count"),
    "a link that is none": ({"links__doi": "nonsense"}, "links.doi", "nonsense"),
    "a link that runs": ({"links__code": "javascript:alert(1)"}, "links.code", "javascript:"),
    "an identifier of another record": ({"links__doi": "10.1000/wrens"}, "links.doi", "papers/wrens.yml"),
    "an id that is none": ({"superseded_by": "nobody"}, "superseded_by", "nobody"),
    "itself": ({"superseded_by": "owls"}, "superseded_by", "loop"),
    "a key that is none": ({"key": "a b"}, "key", "a b"),
    "the key of another record": ({"key": "wrens"}, "key", "wrens"),
    "more than fits": ({"summary": "x" * 5001}, "summary", "5,000"),
    "an own number that is none": ({"extra__size": "many"}, "extra.size", "many"),
}  # fmt: skip


@pytest.mark.parametrize("name", INVALID)
def test_what_the_checks_refuse_is_said_beside_its_field_and_changes_nothing(client, name):
    values, field, part = INVALID[name]
    before = snapshot(client.content)
    said = client.save("owls", **values)
    assert said["status"] == 422, said
    assert "Nothing was saved: 1 problem" in said["message"]
    (problem,) = said["problems"]
    assert problem["field"] == field
    assert part in problem["message"] + problem["hint"]
    assert problem["hint"]
    assert snapshot(client.content) == before


def test_all_problems_are_said_at_once(client):
    said = client.save("owls", title="", published="x", links__doi="y", extra__size="many")
    assert {problem["field"] for problem in said["problems"]} >= {"title", "published", "links.doi"}
    said = client.save("owls", published="x", extra__size="many")
    assert {problem["field"] for problem in said["problems"]} == {"published", "extra.size"}


@pytest.mark.parametrize(
    "values",
    [{"id": "other"}, {"aliases": "wrens"}, {"sources": "x"}, {"extra.left": "x"}, {"title": True}, {"featured": "yes"}, {"topics": "birds"}, {"topics": ["nothing"]}, {"kind": "poem"}, {"links.file": "x"}],
)  # fmt: skip
def test_values_that_the_form_cannot_have_are_refused(client, values):
    before = snapshot(client.content)
    body = {"paper": "owls", "source": client.open("owls")["source"], "values": values}
    assert client.send("save", body)["status"] == 400
    assert snapshot(client.content) == before


@pytest.mark.parametrize("paper", ["nobody", "", "../owls", "owls.yml", "papers/owls"])
def test_a_record_that_is_not_there_is_named(client, paper):
    for what in ("form", "save"):
        assert client.send(what, {"paper": paper})["status"] == 404


@pytest.mark.parametrize(("paper", "file"), [("owls", "owls.yml"), ("bats", "more.jsonl")])
def test_a_record_that_changed_since_is_refused(client, paper, file):
    source = client.open(paper)["source"]
    path = client.content / "papers" / file
    path.write_bytes(
        path.read_bytes().replace(b"Owls at Night", b"Owls at Dusk").replace(b"Bats", b"Old bats")
    )
    before = snapshot(client.content)
    said = client.send("save", {"paper": paper, "source": source, "values": {"title": "Mine"}})
    assert said["status"] == 409
    assert "has changed on disk" in said["message"]
    assert client.send("save", {"paper": paper, "values": {"title": "Mine"}})["status"] == 409
    assert snapshot(client.content) == before


def test_another_line_of_the_file_may_change_meanwhile(client):
    source = client.open("bats")["source"]
    path = client.content / "papers" / "more.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Mice", b"Many mice"))
    said = client.send("save", {"paper": "bats", "source": source, "values": {"title": "Mine"}})
    assert said["status"] == 200
    assert b'"Many mice"' in path.read_bytes()
    assert b'"Mine"' in path.read_bytes()


def test_errors_of_the_shelf_come_first(client):
    source = client.open("owls")["source"]
    (client.content / "papers" / "bad.yml").write_text("title: Bad\npublished: soon\n")
    for said in (client.open("owls"), client.send("save", {"paper": "owls", "source": source, "values": {"title": "x"}})):  # fmt: skip
        assert said["status"] == 422
        assert "papers/bad.yml:2: " in said["problems"][0]["message"]
    assert client.read("papers/owls.yml") == OWLS


@pytest.mark.parametrize("where", ["outside", "inside"])
def test_a_file_that_is_a_link_is_not_written(client, tmp_path, where):
    target = (tmp_path if where == "outside" else client.content) / "target.txt"
    target.write_text("title: Robins\n")
    (client.content / "papers" / "robins.yml").symlink_to(target)
    opened = client.open("robins")
    said = client.send("save", {"paper": "robins", "source": opened["source"], "values": {"title": "x"}})
    assert said["status"] != 200
    assert target.read_text() == "title: Robins\n"
    assert (client.content / "papers" / "robins.yml").is_symlink()


def test_a_content_folder_behind_a_link_of_a_checkout_is_not_written(client, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "link").symlink_to(client.content)
    assert Client(tmp_path / "link").open("owls")["status"] == 500
    assert client.open("owls")["status"] == 200


def test_a_form_shows_texts_as_texts(client):
    hostile = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    path = client.content / "papers" / "wrens.yml"
    record = {"title": hostile, "venue": hostile, "extra": {"open": hostile}, "links": {"code": "https://a.example/<b>"}}  # fmt: skip
    path.write_text(json.dumps(record))
    tree = LexborHTMLParser(client.open("wrens")["form"])
    assert tree.css("script, img, [onerror]") == []
    assert tree.css_first("#ps-record-title").text().strip() == hostile
    assert tree.css_first("#ps-record-venue").attributes["value"] == hostile
    assert "Prey & <co>" in tree.css_first("[data-field=topics]").text()
    for control in tree.css("textarea, select, input[type=text]"):
        assert tree.css_first(f'label[for="{control.id}"]').text().strip()


@pytest.mark.parametrize("language", list_languages())
def test_every_field_of_the_form_has_a_name(language):
    labels = load_labels(language)
    fields = list_fields(Paper(title="Owls"), Taxonomy(), {}, labels)
    names = {field.name for field in fields}
    plain = {name.replace("image.", "image_") for name in names if not name.startswith("links.")}
    assert plain == set(labels.list_group("record"))
    assert {field.label for field in fields} >= set(labels.list_group("record").values())
    choices = {field.name: {word for word, _ in field.options if word} for field in fields if field.control == "choice"}  # fmt: skip
    assert choices == {name: set(labels.list_group(name)) for name in choices}
    assert choices.keys() == {"kind", "status", "venue_type"}


def test_what_was_wrong_before_refuses_no_other_change(client):
    path = client.content / "papers" / "owls.yml"
    path.write_text(OWLS.replace("size: 7", "size: many"))
    assert client.save("owls", title="Owls at Dawn")["saved"]
    assert client.save("owls", extra__size="few")["status"] == 422
    assert client.save("owls", extra__size="8")["saved"]


def test_what_an_edit_would_break_elsewhere_refuses_it_and_what_it_makes_doubtful_is_told(client):
    (client.content / "papers" / "wrens.yml").write_text("title: Wrens\nsummary: They eat 47% of spiders.\n")
    (client.content / "overviews").mkdir()
    overview = client.content / "overviews" / "birds.md"
    overview.write_text("[Wrens](../papers/wrens.md) eat 47% of spiders.\n")
    said = client.save("wrens", summary="They eat 48% of spiders.")
    assert (said["status"], said["saved"]) == (422, "")
    assert said["problems"][0]["field"] == ""
    assert said["problems"][0]["message"].startswith("overviews/birds.md:1: ")
    assert client.save("wrens", note="Read this.")["problems"] == []
    said = client.save("wrens", status="removed")
    assert said["saved"] == "papers/wrens.yml"
    assert "overviews/birds.md:1: this links to 'wrens', which was removed" in str(said["problems"])
