"""A site of hostile texts in a real browser: nothing runs, nobody else is asked, no policy is broken, and texts read as they are."""

import contextlib
import json
from xml.etree import ElementTree as ET

import feedparser
import pytest
from browsing import reading, results, serve
from hostile import DIGESTS, RAN, STRINGS, build_index
from scenes import show_all
from selectolax.lexbor import LexborHTMLParser

from generator.pages.parts.content_security_policy import PLAIN
from generator.text.escaping import clean_line
from generator.text.maths import plain
from generator.urls.routes import (
    COMPARE,
    MAP,
    SEARCH,
    SINGLE,
    build_page_url,
    fact_table_page,
    papers_path,
    reading_path_page,
    topic_path,
    year_path,
)

WATCH = """
    Object.defineProperty(window, "__ran", { set() { reportFault(`something ran at ${location}`); } });
    addEventListener("securitypolicyviolation", (event) =>
        reportFault(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} at ${location}`), true);
"""
KINDS = {
    **dict.fromkeys(SINGLE, ""), papers_path(2): "", topic_path("t0"): "", topic_path("t13"): "", year_path("2010"): "", reading_path_page("r0"): "", reading_path_page("r30"): "", fact_table_page("facts"): "?q=owls&sort=-3", SEARCH: "?q=owls&topic=t3",
    COMPARE: "?papers=p00,p02,p18,p37,p60", MAP: "?q=owls", "by/hand/page.md": "",
}  # fmt: skip
PAPERS = [f"papers/p{n:02}/" for n in range(len(STRINGS))]
TITLES = [f"{text} zq{n:02}x owls" for n, text in enumerate(STRINGS)]


def shown(text):
    """Return what a reader should see of a text, blanks aside."""
    return " ".join(clean_line(plain(text)).split())


def read(element):
    return " ".join((element.text() if hasattr(element, "css") else element.inner_text()).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_index(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def base(site):
    with serve(site) as address:
        yield address


@contextlib.contextmanager
def watching(browser, base, **context):
    """Open a page that reports what runs, every dialog and every breach of a policy."""
    faults = []
    with reading(browser, base, bypass_csp=False, accept_downloads=True, **context) as page:
        page.context.expose_binding("reportFault", lambda _, fault: faults.append(fault))
        page.context.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        yield page
        assert faults == []


@pytest.fixture
def page(browser, base):
    with watching(browser, base) as opened:
        yield opened


LOOK = """() => ({
    title: document.title,
    h1: [...document.querySelectorAll("h1")].map((h1) => h1.innerText.trim().replaceAll(/\\s+/g, " ")),
    scripts: [...document.scripts].filter((s) => !s.src.startsWith(location.origin) && !s.type.endsWith("json")).length,
    strange: document.querySelectorAll("base, iframe, object, embed, form:not(.ps-box, .ps-ask, .md-source), article img:not(.ps-picture > img, .ps-thumb), article form:not(.ps-lost, .ps-ask)").length,
    handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter(({ name, value }) => /^on/i.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value) && name !== "src").length,
})"""


def open_page(page, address):
    """Open a page, and return what there is to see; nothing of it is what only a hostile text could bring."""
    page.goto(address)
    found = page.evaluate(LOOK)
    assert found["handlers"] == found["strange"] == 0, address
    assert len(found["h1"]) == 1, address
    return found


def test_papers_are_read_as_they_are_and_nothing_runs(browser, base):
    with watching(browser, base, service_workers="block") as page:
        for path, title in zip(PAPERS, TITLES, strict=True):
            found = open_page(page, base + path)
            assert found["scripts"] == 0
            assert found["h1"] == [shown(title)] or "$" in title
            assert found["title"].startswith(shown(title))


def open_kinds(page, base, *, pretty):
    for path, query in KINDS.items():
        open_page(page, base + build_page_url(path, pretty=pretty) + query)
        page.wait_for_timeout(50)
    open_page(page, f"{base}404.html")
    page.goto(base + build_page_url("by/hand/page.md", pretty=pretty))
    assert page.evaluate("document.documentElement.dataset.own") == "ran"
    assert page.evaluate("__md_scope.pathname") == "/index/"


def test_every_kind_of_page_keeps_its_policy(page, base):
    open_kinds(page, base, pretty=True)


def test_pages_of_mkdocs_with_addresses_of_files_keep_theirs(browser, tmp_path):
    config = {"use_directory_urls": False, "site_name": STRINGS[0], "plugins": [{"papershelf": {"pages": "mkdocs", "per_page": 40}}]}  # fmt: skip
    site = build_index(tmp_path / "files", **config)
    with serve(site) as base, watching(browser, base) as page:
        open_kinds(page, base, pretty=False)
        open_page(page, f"{base}papers/p15.html")


def test_results_and_suggestions_are_read_as_they_are(page, base):
    page.goto(base + "stats/")
    box = page.locator(".ps-box input")
    for n, title in enumerate(TITLES):
        box.fill(f"zq{n:02}x")
        page.locator("[role=option]", has_text=f"zq{n:02}x").first.wait_for()
        assert shown(title) in read(page.locator("[role=listbox]"))
    page.goto(base + "search/?q=owls")
    results(page)
    show_all(page)
    wanted = {shown(title) for title in TITLES}
    found = results(page)
    assert len(found) > 10
    assert {" ".join(title.split()) for title in found} <= wanted


def test_the_desk_is_read_as_it_is(page, base):
    papers = {
        f"p{n:02}": {"title": text, "saved": "2025-01-01", "note": text} for n, text in enumerate(STRINGS)
    }
    papers |= {f"gone-{n:02}": {"title": text, "saved": "2025"} for n, text in enumerate(STRINGS)}
    lists = {text[:100]: ["p00", f"gone-{n:02}"] for n, text in enumerate(STRINGS)}
    desk = json.dumps({"format": 1, "papers": papers, "lists": lists, "compare": ["p00", "p02", "gone-03"]})
    page.evaluate("desk => localStorage.setItem('/index/.desk', desk)", desk)
    open_page(page, base + "desk/")
    page.locator(".ps-results li").first.wait_for()
    page.get_by_role("button", name="Notes").click()
    page.locator(".ps-own-note").first.wait_for()
    notes = {" ".join(note.split()) for note in page.locator(".ps-own-note").all_inner_texts()}
    assert notes <= {" ".join(text.replace("\x02", "").split()) for text in STRINGS}
    page.get_by_text("Backup and settings").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export the desk").click()
    assert json.loads(download.value.path().read_text()) == json.loads(desk)
    open_page(page, base + "desk/compare/")
    page.locator("#ps-compare table").wait_for()
    open_page(page, base + "desk/#" + f"list={RAN}%3Cimg src=x onerror={RAN}%3E&papers=p00+p01")


def test_a_hostile_bibliography_is_read_as_it_is(page, base):
    entries = "\n".join(f"@article{{k{n}, title = {{{text}}}, author = {{{text}}}}}" for n, text in enumerate(STRINGS))  # fmt: skip
    page.goto(base + "desk/check/")
    page.get_by_text("Paste BibTeX instead").click()
    page.get_by_label("BibTeX", exact=True).fill(entries)
    page.get_by_role("button", name="Check this text").click()
    page.get_by_text("references are on this shelf").wait_for()
    said = page.locator("#ps-check").inner_text()
    assert all(text in said for text in (STRINGS[0], STRINGS[3], STRINGS[18], STRINGS[42]))


def test_the_map_and_its_list_are_read_as_they_are(page, base):
    page.goto(base + "map/?q=owls")
    page.locator(".ps-map__panel .ps-result").first.wait_for()
    titles = {
        " ".join(t.split())
        for t in page.locator(".ps-map__panel .ps-result p:first-child > a").all_inner_texts()
    }
    assert titles
    assert titles <= {shown(title) for title in TITLES}
    page.locator(".ps-map__board").focus()
    for key in ("n", "n", "n", "p"):
        page.keyboard.press(key)
    page.locator(".ps-map__card a").first.wait_for()


def test_heads_say_what_records_say(site):
    name = shown(" | ".join(STRINGS[:40]))
    for path, title in zip(PAPERS, TITLES, strict=True):
        tree = LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))
        said = {
            (m.attributes.get("name"), m.attributes.get("property")): m.attributes.get("content")
            for m in tree.css("head meta")
        }
        assert " ".join(said["citation_title", "og:title"].split()) == shown(title)
        assert said[None, "og:site_name"] == name
        assert read(tree.css_first("title")) == f"{shown(title)} · {name}"
        data = json.loads(tree.css_first("head script").text())
        assert " ".join(data["name"].split()) == shown(title)
        assert read(tree.css_first(".ps-name")) == name
        policies = [m.attributes["content"] for m in tree.css("meta[http-equiv]")]
        assert policies == [PLAIN] or path in {"papers/p00/", "papers/p38/"}


def test_navigation_says_what_titles_say(site):
    for path in ("index.html", "by/hand/page/index.html", "404.html", "papers/p01/index.html"):
        tree = LexborHTMLParser((site / path).read_text(encoding="utf-8"))
        links = {read(a) for a in tree.css("nav a, footer a")}
        assert {shown(TITLES[0]), shown(TITLES[38])} <= links, path
        assert tree.css("nav script, nav img:not([alt=logo]), nav svg script, nav form") == []


def test_feeds_say_what_records_say(site):
    wanted = {("", "Withdrawn: ")[n % 2] + shown(title) for n, title in enumerate(TITLES)}
    feed = feedparser.parse(
        (site / "feed.xml").read_bytes(), sanitize_html=False, resolve_relative_uris=False
    )
    assert not feed.bozo
    papers = [entry for entry in feed.entries if "#digest-" not in entry.link]
    assert len(papers) == len(TITLES)
    root = ET.fromstring((site / "feed.xml").read_bytes())  # noqa: S314 (our own)
    atom = "{http://www.w3.org/2005/Atom}"
    names = {" ".join(e.findtext(f"{atom}title").split()) for e in root.iter(f"{atom}entry")}
    assert {name for name in names if not name.endswith(", in short")} == wanted
    items = json.loads((site / "feed.json").read_text())["items"]
    assert {item["title"] for item in items if "#digest-" not in item["url"]} == {
        ("", "Withdrawn: ")[n % 2] + clean_line(plain(title)) for n, title in enumerate(TITLES)
    }
    digests = [LexborHTMLParser(item["content_html"]).body for item in items if "content_html" in item]
    assert len(digests) == len(feed.entries) - len(papers) == DIGESTS
    assert {node.tag for body in digests for node in body.css("*")} <= {"body", "p", "a", "em", "strong"}
    for path in [*site.rglob("*.xml")]:
        ET.fromstring(path.read_bytes())  # noqa: S314 (as above)


@pytest.mark.parametrize("deed", [
    f"const s = document.createElement('script'); s.textContent = '{RAN}'; document.body.append(s)",
    f"document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror={RAN}>')",
    "new Image().src = 'http://127.0.0.1:9/x.png'",
    f"setTimeout('{RAN}')",
], ids=["script", "handler", "host", "eval"])  # fmt: skip
def test_a_breach_would_be_seen(browser, base, deed):
    def breach():
        with watching(browser, base) as page:
            page.goto(base + PAPERS[0])
            with page.expect_console_message():
                page.evaluate(deed)

    with pytest.raises(AssertionError):
        breach()
