"""The preview: an edited, added and deleted record, topic or template shows, and so does what is wrong with it."""

import contextlib
import re
import socket

import pytest
from browsing import wait_until
from previewing import serving
from support import run

PANEL = "papershelf-errors"


@pytest.fixture
def folder(small_index):
    return small_index(site_url="http://127.0.0.1/")


@pytest.fixture
def preview(folder):
    with serving(folder) as running:
        yield folder, running


def test_every_kind_of_change_shows(preview):
    folder, running = preview
    owls = folder / "content" / "papers" / "owls.yml"
    running.wait("papers/owls/", lambda text: "Owls at Night" in text)
    owls.write_text(owls.read_text().replace("at Night", "at Dawn"))
    running.wait("papers/owls/", lambda text: "Owls at Dawn" in text)
    (folder / "content" / "papers" / "robins.yml").write_text("title: Robins in Snow\n")
    running.wait("papers/robins/", lambda text: "Robins in Snow" in text)
    (folder / "content" / "papers" / "robins.yml").unlink()
    running.wait("papers/robins/", lambda text: text.startswith("HTTP 404"))
    topics = folder / "content" / "topics.yml"
    topics.write_text(topics.read_text().replace("name: Birds", "name: Feathered friends"))
    running.wait("topics/birds/", lambda text: "Feathered friends" in text)
    frame = folder / "theme_overrides" / "partials" / "footer.html"
    frame.write_text(frame.read_text() + "<p>a new footer</p>")
    running.wait("", lambda text: "a new footer" in text)
    owls.write_text("title: [broken")
    running.wait("papers/owls/", lambda text: PANEL in text)
    owls.write_text("title: Owls again\n")
    running.wait("papers/owls/", lambda text: "Owls again" in text)


def is_whole(text):
    return "Owls at Night" in text and PANEL not in text


def break_records(folder):
    """Two records and a topic, with three errors."""
    (folder / "content" / "papers" / "bad.yml").write_text("title: [<script>alert(1)</script>\n")
    (folder / "content" / "papers" / "worse.yml").write_text("title: Worse\npublished: yesterday\n")
    topics = folder / "content" / "topics.yml"
    topics.write_text(topics.read_text() + "- id: x\n  name: X\n  rulez: [x]\n")


BROKEN = {
    "records and topics": (break_records, ["papers/bad.yml:2", "papers/worse.yml:2", "topics.yml:8", "YYYY-MM-DD"]),
    "the configuration": (lambda f: edit(f / "mkdocs.yml", "plugins:", "plugins: ["), ["mkdocs.yml", "line"]),
    "an option": (lambda f: edit(f / "mkdocs.yml", "site_name: ", "site_name: []\nold: "), ["site_name"]),
    "a hand-written page": (lambda f: (f / "content" / "about.md").write_bytes(b"caf\xe9"), ["about.md"]),
    "a template of a hand-written page": (lambda f: (f / "content" / "about.md").write_text("---\ntemplate: no.html\n---\n"), ["no.html", "about.md"]),
    "a template": (lambda f: (f / "theme_overrides" / "partials" / "footer.html").write_text("\n{{ nothing.of.it }}"), ["theme_overrides/partials/footer.html:2", "UndefinedError"]),
    "the syntax of a template": (lambda f: (f / "theme_overrides" / "main.html").write_text("\n\n{% if %}"), ["theme_overrides/main.html:3", "TemplateSyntaxError"]),
}  # fmt: skip


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@contextlib.contextmanager
def keeping(folder):
    """Put everything back as it was."""
    files = {
        path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".log"
    }
    yield
    for path in (folder / "content").rglob("*.yml"):
        if path not in files:
            path.unlink()
    for path, body in files.items():
        if not path.exists() or path.read_bytes() != body:
            path.write_bytes(body)


def test_a_build_that_fails_leaves_the_last_good_one_with_the_errors_on_top(preview):
    """Nothing hangs, whatever is wrong, and everything that is wrong is said, with what to do."""
    folder, running = preview
    running.wait("papers/owls/", is_whole)
    for name, (damage, said) in BROKEN.items():
        with keeping(folder):
            damage(folder)
            for path in ("papers/owls/", "", "about/", "nowhere/"):  # it may see one change before the next
                text = running.wait(
                    path, lambda text, said=said: all(part in text for part in (PANEL, *said))
                )
                assert "<script>alert(1)" not in text
                assert "livereload(" in text
                assert "last good build" in text
            assert "Owls at Night" in running.read("papers/owls/")
            assert all(part.partition(":")[0] in running.log.read_text() for part in said), name
        running.wait("papers/owls/", is_whole)
        assert PANEL not in running.read("nowhere/")
    with keeping(folder):  # another error takes the place of the first
        break_records(folder)
        running.wait("", lambda text: "papers/bad.yml" in text)
        (folder / "content" / "papers" / "bad.yml").unlink()
        running.wait("", lambda text: PANEL in text and "papers/bad.yml" not in text)
        assert "papers/worse.yml" in running.read("")


@pytest.mark.parametrize("module", ["mkdocs", "generator"])
@pytest.mark.parametrize("name", ["records and topics", "a hand-written page", "the syntax of a template"])
def test_without_a_good_build_the_errors_are_the_page(folder, module, name):
    damage, said = BROKEN[name]
    with contextlib.ExitStack() as stack:
        with keeping(folder):
            damage(folder)
            running = stack.enter_context(serving(folder, module))
            for path in ("", "papers/owls/"):
                text = running.wait(path, lambda text: PANEL in text)
                assert all(part in text for part in said), (path, text)
                assert "no successful build yet" in text
                assert "livereload(" in text
        running.wait("papers/owls/", is_whole)
        running.wait("", lambda text: "Owls at Night" in text and PANEL not in text)


def test_a_configuration_that_cannot_be_read_ends_with_what_is_wrong(folder):
    """There is nothing to serve then: the plugin itself is named there."""
    edit(folder / "mkdocs.yml", "plugins:", "plugins: [")
    ended = run("mkdocs", "serve", cwd=folder)
    assert ended.returncode == 1
    assert "parsing the configuration file" in ended.stderr + ended.stdout


SEEN = f"""(wanted) => {{
    const panel = document.getElementById("{PANEL}");
    const seen = panel && [panel.querySelector("h1").textContent, panel.querySelectorAll("li").length, panel.querySelectorAll("script").length];
    return String([...(seen ?? []), document.querySelector("main h1")?.textContent]) === String(wanted);
}}"""
"""Whether a page shows such a heading of the panel, so many errors and scripts in it, and such a heading of its own, at one moment: it may load twice."""


def test_an_open_page_shows_errors_and_loses_them_by_itself(browser, preview):
    folder, running = preview
    running.wait("papers/owls/", is_whole)
    context = browser.new_context()
    pages = [context.new_page() for _ in range(2)]
    for page, path in zip(pages, ("papers/owls/", "nowhere/"), strict=True):
        page.goto(running.base + path)
    with keeping(folder):
        break_records(folder)
        pages[0].bring_to_front()
        pages[0].get_by_role("complementary", name="Errors of the build").wait_for()
        wait_until(pages[0], SEEN, ["3 errors", 3, 0, "Owls at Night"])
        pages[1].reload()  # MkDocs has such a page never load again by itself
        pages[1].locator(f"#{PANEL}").wait_for()
    for page in reversed(pages):
        page.bring_to_front()
        page.locator(f"#{PANEL}").wait_for(state="detached")
    context.close()


def test_in_strict_mode_a_whole_build_is_served_with_its_warnings(folder):
    with serving(folder, "mkdocs", "--strict") as running:
        running.wait("papers/owls/", is_whole)
        (folder / "content" / "about.md").write_text("# About\n\n[nowhere](nowhere.md)\n")
        text = running.wait("about/", lambda text: PANEL in text)
        assert "1 warning<" in text
        assert "nowhere.md" in re.search(f"(?s){PANEL}.*?</aside>", text)[0]
        assert ">nowhere</a>" in text
        (folder / "content" / "about.md").write_text("# About\n")
        running.wait("about/", lambda text: "HTTP" not in text and PANEL not in text)


def test_what_is_built_as_for_a_deployment_is_served_too(folder):
    with serving(folder, "mkdocs", "--clean") as running:
        running.wait("papers/owls/", is_whole)
        assert "content-security-policy" in running.read("papers/owls/")
        with keeping(folder):
            break_records(folder)
            running.wait("papers/owls/", lambda text: PANEL in text and "Owls at Night" in text)
        running.wait("papers/owls/", is_whole)


@pytest.mark.parametrize("module", ["mkdocs", "generator"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "127.0.0.1:{taken}",
            "another program is using this port. Choose another address with --dev-addr 127.0.0.1:",
        ),
        (
            "192.0.2.1:8000",
            "this machine does not have this address. Choose another address with --dev-addr 127.0.0.1:8000",
        ),
        ("127.0.0.1:99999", "the port must be a number up to 65,535"),
    ],
)
def test_an_address_that_cannot_be_used_is_named(folder, module, address, said):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = address.format(taken=other.getsockname()[1])
        ended = run(module, "serve", "--dev-addr", address, cwd=folder)
    assert ended.returncode == 1
    lines = [line for line in (ended.stdout + ended.stderr).splitlines() if "Cannot serve" in line]
    assert len(lines) == 1
    assert f"Cannot serve on {address}: {said}" in lines[0]
    assert "Traceback" not in ended.stderr
    assert "Building documentation" in ended.stderr
    assert "papers, " not in ended.stderr, "nothing was built for it"
