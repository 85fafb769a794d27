"""The editor in a preview: a record is changed on its page, which then shows it; other pages, hosts and builds have none."""

import http.client
import json
from urllib.parse import urlsplit

import pytest
from browsing import AXE, RUN_AXE, shade, wait_for, wait_until
from playwright.sync_api import Error
from previewing import serving
from support import papershelf

TRACES = (b"ps-editor", b"ps-do--edit", b"X-Papershelf-Token", b'data-url="/.papershelf/', b"data-token")
"""What the editor brings to a page: its dialog, button, header, URLs and token."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BUTTON = "document.querySelector('.ps-do--edit')"


@pytest.fixture(scope="module")
def preview(make_small_index, tmp_path_factory):
    folder = make_small_index(tmp_path_factory.mktemp("edited"), site_url="http://127.0.0.1/shelf/")
    (folder / "content" / "papers" / "gone.yml").write_text("title: Gone\nstatus: removed\n")
    for name in (
        "dawn",
        "forgotten",
        "wrong",
        "old",
    ):  # each for one test, so that no test waits for what another one left
        text = f"title: Owls {name}\npublished: '2024-05-01'\n"
        (folder / "content" / "papers" / f"{name}.yml").write_text(text)
    with (folder / "content" / "papers" / "wrens.yml").open("a") as wrens:
        wrens.write("aliases: [wren]\n")
    with serving(folder, "generator") as running:
        running.base += "shelf/"
        running.wait("papers/owls/", lambda text: "ps-editor" in text)
        yield folder / "content", running


def open_page(browser, running, path="papers/owls/", **context):
    """Open a page with its button, and collect what the console says that is not a refusal of the editor."""
    page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | context).new_page()
    page.said = []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(running.base + path)
    page.get_by_role("button", name="Edit", exact=True).wait_for()
    return page


def open_form(page, key="Enter"):
    """Open the form; once more, where the page loads again because a test before this one has changed a file."""
    button = page.get_by_role("button", name="Edit", exact=True)
    dialog = page.get_by_role("dialog", name="Edit this record")

    def is_open():
        try:
            if not dialog.is_visible():
                button.focus(timeout=1000)
                page.keyboard.press(key)
            return dialog.get_by_role("textbox", name="Title").is_visible()
        except Error:  # the page is on its way
            return False

    wait_for(page, is_open, "the form")
    return dialog


def settle(content, running, key):
    """Wait until the preview has built everything that was written so far, by a change to one record."""
    path = content / "papers" / f"{key}.yml"
    path.write_text(path.read_text() + "summary: All is built.\n")
    running.wait(f"papers/{key}/", lambda text: "All is built." in text)


def test_an_edited_title_is_on_the_page_and_in_the_file(browser, preview):
    content, running = preview
    path = content / "papers" / "dawn.yml"
    before = path.read_text()
    page = open_page(browser, running, "papers/dawn/")
    page.on("dialog", lambda dialog: (page.said.append(dialog.type), dialog.accept()))
    dialog = open_form(page)
    assert dialog.get_by_role("textbox", name="Title").evaluate("e => e === document.activeElement")
    dialog.get_by_role("textbox", name="Title").fill("Owls at <Dawn>")
    dialog.get_by_role("button", name="Save").click()
    page.locator("main h1", has_text="Owls at <Dawn>").wait_for()
    assert path.read_text() == before.replace("Owls dawn", "Owls at <Dawn>")
    page.get_by_role("status").filter(has_text="Saved in papers/dawn.yml.").wait_for()
    assert page.evaluate(f"document.activeElement === {BUTTON}")
    page.reload()
    page.get_by_role("button", name="Edit", exact=True).wait_for()
    assert page.get_by_text("Saved in papers/dawn.yml.").count() == 0
    assert page.said == []
    page.context.close()


def test_a_form_that_is_closed_changes_nothing_and_asks_before_it_forgets(browser, preview):
    content, running = preview
    path = content / "papers" / "forgotten.yml"
    before = path.read_text()
    page = open_page(browser, running, "papers/forgotten/")
    asked, answers = [], [False, True]
    page.on("dialog", lambda dialog: (asked.append(dialog.message), (dialog.accept if answers.pop(0) else dialog.dismiss)()))  # fmt: skip
    dialog = open_form(page, " ")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert asked == []
    assert page.evaluate(f"document.activeElement === {BUTTON}")
    dialog = open_form(page)
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    wait_for(page, lambda: asked)
    assert dialog.is_visible()
    dialog.get_by_role("button", name="Cancel").click()
    dialog.wait_for(state="hidden")
    assert len(asked) == 2
    assert path.read_text() == before
    page.context.close()


def test_problems_stand_beside_their_fields(browser, preview):
    content, running = preview
    path = content / "papers" / "wrong.yml"
    before = path.read_text()
    page = open_page(browser, running, "papers/wrong/")
    dialog = open_form(page)
    dialog.get_by_role("textbox", name="DOI").fill("nonsense")
    dialog.get_by_text("More fields").click()
    published = dialog.get_by_role("textbox", name="Published")
    published.fill("yesterday")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("alert").filter(has_text="Nothing was saved: 2 problems").wait_for()
    doi = dialog.get_by_role("textbox", name="DOI")
    assert doi.evaluate("e => e === document.activeElement")
    for field, part in ((doi, "nonsense"), (published, "YYYY-MM-DD")):
        assert field.get_attribute("aria-invalid") == "true"
        said = field.evaluate("e => document.getElementById(e.getAttribute('aria-describedby')).textContent")
        assert part in said
    doi.fill("")
    dialog.get_by_text("More fields").click()
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("alert").filter(has_text="1 problem").wait_for()
    assert published.evaluate("e => e === document.activeElement")  # what was closed is open again
    assert doi.get_attribute("aria-invalid") is None
    assert doi.get_attribute("aria-describedby") is None
    assert path.read_text() == before
    published.fill("2024-05-02")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_role("status").filter(has_text="Saved in").first.wait_for()
    assert path.read_text() == before.replace("2024-05-01", "2024-05-02")
    page.context.close()


def test_a_page_with_a_changed_form_is_not_loaded_again_and_an_old_form_is_refused(browser, preview):
    """A browser asks before it loads the page again, and is told to stay."""
    content, running = preview
    path = content / "papers" / "old.yml"
    settle(content, running, "old")
    page = open_page(browser, running, "papers/old/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    dialog = open_form(page)
    page.keyboard.type("My ")
    path.write_text("# Theirs.\n" + path.read_text())
    wait_for(page, lambda: asked)
    assert asked == ["beforeunload"]
    assert dialog.get_by_role("textbox", name="Title").input_value().startswith("My ")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("alert").filter(has_text="has changed on disk since").wait_for()
    assert "My " not in path.read_text()
    page.context.close()


def test_a_removed_paper_can_be_edited_where_its_page_was(browser, preview):
    content, running = preview
    path = content / "papers" / "gone.yml"
    page = open_page(browser, running, "papers/gone/")
    dialog = open_form(page)
    dialog.get_by_text("More fields").click()
    dialog.get_by_role("combobox", name="Status", exact=True).select_option("active")
    dialog.get_by_role("button", name="Save").click()
    page.locator(".ps-page--paper h1", has_text="Gone").wait_for()
    assert path.read_text() == "title: Gone\n"
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_form_fits_and_axe_finds_nothing(browser, preview, width):
    _, running = preview
    page = open_page(browser, running, viewport={"width": width, "height": 800}, has_touch=width < 1280)
    page.context.add_init_script(path=AXE)
    page.reload()
    for scheme in ("light", "dark"):
        shade(page, scheme)
        box = page.get_by_role("button", name="Edit", exact=True).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        if width < 1280:
            assert box["height"] >= 44
        dialog = open_form(page)
        dialog.get_by_text("More fields").click()
        dialog.get_by_role("textbox", name="DOI").fill("nonsense")
        dialog.get_by_role("button", name="Save").click()
        dialog.get_by_role("alert").filter(has_text="1 problem").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("document.getElementById('ps-editor').scrollWidth <= document.getElementById('ps-editor').clientWidth")  # fmt: skip
        assert page.evaluate(RUN_AXE, [TAGS, []]) == []
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
    page.context.close()


def request(running, path, method="GET", body=None, **headers):
    """Send a request to the preview, whatever its headers say, and return the status and the text of the answer."""
    address = urlsplit(running.base)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    connection.request(method, path, body, {"Host": address.netloc} | headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_only_a_page_of_this_preview_has_the_editor(preview):
    _, running = preview
    netloc = urlsplit(running.base).netloc
    port = netloc.partition(":")[2]
    for path in ("papers/owls/", "papers/owls/index.html"):
        for headers in ({}, {"Host": f"localhost:{port}"}, {"Sec-Fetch-Dest": "document"}):
            assert 'id="ps-editor"' in request(running, f"/shelf/{path}", **headers)[1]
    for headers in ({"Host": f"evil.example:{port}"}, {"Sec-Fetch-Dest": "iframe"}, {"Sec-Fetch-Dest": "empty"}):  # fmt: skip
        status, text = request(running, "/shelf/papers/owls/", **headers)
        assert status == 200
        assert not any(trace.decode() in text for trace in TRACES)
    for path in ("", "papers/", "topics/birds/", "papers/nobody/", "papers/wren/", "papers/owls/x/", "assets/papershelf/scheme.js"):  # fmt: skip
        assert not any(trace.decode() in request(running, f"/shelf/{path}")[1] for trace in TRACES), path


def test_a_request_that_is_not_from_its_page_is_refused_by_the_server(preview):
    content, running = preview
    owls = content / "papers" / "owls.yml"
    before = owls.read_text()
    netloc = urlsplit(running.base).netloc
    token = request(running, "/shelf/papers/owls/")[1].partition('data-token="')[2].partition('"')[0]
    good = {"Content-Type": "application/json", "X-Papershelf-Token": token, "Origin": f"http://{netloc}"}
    body = json.dumps({"paper": "owls"})
    assert request(running, "/.papershelf/form", "POST", body, **good)[0] == 200
    evil = f"evil.example:{netloc.partition(':')[2]}"
    for method, wrong, status in (
        ("GET", {}, 405),
        ("POST", {"Host": evil, "Origin": f"http://{evil}"}, 403),
        ("POST", {"Origin": "http://evil.example"}, 403),
        ("POST", {"X-Papershelf-Token": "x"}, 403),
        ("POST", {"Content-Type": "text/plain"}, 415),
        ("POST", {"Content-Length": "99999999"}, 413),
    ):
        found, text = request(running, "/.papershelf/form", method, body, **good | wrong)
        assert (found, "source" in text and json.loads(text)["source"]) == (status, ""), wrong
    assert owls.read_text() == before


def list_traces(folder):
    """Return the files below a folder that have something of the editor, with what they have."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    return [(path, trace) for path in files for trace in TRACES if trace in path.read_bytes()]


def test_no_build_has_a_trace_of_it(full_site, own_site, small_index):
    assert list_traces(full_site) == []
    assert list_traces(own_site) == []
    folder = small_index(site_url="http://127.0.0.1/")
    tree = papershelf("generate", "tree", cwd=folder)
    assert tree.returncode == 0, tree.stderr
    assert list_traces(folder / "tree") == []
    with serving(folder, "mkdocs", "--clean") as running:
        text = running.wait("papers/owls/", lambda text: "Owls at Night" in text)
        assert not any(trace.decode() in text for trace in TRACES)


def test_the_button_is_in_the_language_of_the_site_and_works_after_an_error(browser, small_index):
    folder = small_index(
        site_url="http://127.0.0.1/",
        theme={"name": "material", "custom_dir": "theme_overrides", "language": "de"},
    )
    with serving(folder) as running:
        running.wait("papers/owls/", lambda text: "ps-editor" in text)
        (folder / "content" / "papers" / "bad.yml").write_text("title: [\n")
        running.wait("papers/owls/", lambda text: "papershelf-errors" in text and "ps-editor" in text)
        page = browser.new_page()
        page.goto(f"{running.base}papers/owls/")
        page.get_by_role("button", name="Bearbeiten").click()
        page.get_by_role("alert").filter(has_text="papers/bad.yml:").wait_for()
        (folder / "content" / "papers" / "bad.yml").unlink()
        wait_until(page, "!document.getElementById('papershelf-errors') && document.getElementById('ps-editor')?.open === false")  # fmt: skip
        page.get_by_role("button", name="Bearbeiten").click()
        page.get_by_role("dialog").get_by_label("Titel", exact=True).wait_for()
        page.close()
