"""An index that its owner has made their own: each recipe of the page builds, and all of them together look and behave as it says."""

import functools
import itertools
import re
import shutil
import types
from pathlib import Path

import pytest
import yaml
from browsing import AXE, COLOUR, RUN_AXE, shade, wait_for
from invented import PNG
from selectolax.lexbor import LexborHTMLParser
from support import ROOT, mkdocs, papershelf

from generator.mkdocs_plugin.contrast import contrast, parse_colour
from generator.records.read import is_data

PAGE = (ROOT / "content" / "docs" / "make-it-yours.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```\w+\n(?:<!-- |/\* |// |# )(\S+?)(?: -->| \*/)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECTIONS = {
    part.partition("\n")[0]: BLOCK.findall(part)
    for part in re.split(r"^##+ ", PAGE, flags=re.MULTILINE)
    if BLOCK.search(part)
}
FONT = (
    ROOT
    / "node_modules"
    / "@expo-google-fonts"
    / "pt-sans-narrow"
    / "400Regular"
    / "PTSansNarrow_400Regular.ttf"
)
SITE = "https://papers.example.org/"
COUNTER = "https://mycode.goatcounter.com/count"
ALL = ("Colours", "Logo and favicon", "Fonts", "The footer", "Without third-party code", "Language")
PALETTE = {"light": ("#4051b5", "#cc2f00"), "dark": ("#5b8de9", "#ff6e42")}
"""What the recipe's colours, indigo and deep orange, are in each scheme."""
COLOURS = """link => {
    const of = (one, name, part) => getComputedStyle(document.querySelector(one), part)[name];
    return {
        ground: of("body", "backgroundColor"),
        link: of(link, "color"),
        tab: of(".ps-tabs a[aria-current]", "color"),
    };
}"""


def merge(old, new):
    """Lay new values over old ones, key by key, as one does who writes them to the key that is there."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return old | {key: merge(old.get(key), value) for key, value in new.items()}


@pytest.fixture(scope="module")
def write_recipe(tmp_path_factory):
    """Return a function that follows recipes of the page in a new index."""
    begun = tmp_path_factory.mktemp("begun") / "index"
    started = papershelf("init", begun)
    assert started.returncode == 0, started.stderr
    return lambda folder, *sections: follow(shutil.copytree(begun, folder), *sections)


@pytest.fixture(scope="module")
def build_recipe(write_recipe, tmp_path_factory):
    """Return a function that gives the site of one recipe and what its build said; nobody may change it."""

    @functools.cache
    def build_once(section):
        folder = write_recipe(tmp_path_factory.mktemp("recipe") / "index", section)
        return folder / "site", build(folder)

    return build_once


def follow(folder, *sections):
    """Follow recipes of the page in an index; several may add style sheets."""
    config = yaml.unsafe_load((folder / "mkdocs.yml").read_text().replace("!ENV", ""))
    config |= {"site_url": SITE, "repo_url": "https://github.com/owner/owls"}
    styles = []
    for name, text in (block for section in sections for block in SECTIONS[section]):
        if name == "mkdocs.yml":
            config = merge(config, yaml.safe_load(text))
            styles += yaml.safe_load(text).get("extra_css", [])
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config | {"extra_css": styles}, allow_unicode=True))
    (folder / "content" / "assets").mkdir(exist_ok=True)
    shutil.copy(ROOT / "theme_overrides/assets/papershelf/logo.svg", folder / "content" / "assets")
    (folder / "content" / "figures").mkdir()
    (folder / "content" / "figures" / "owls.png").write_bytes(PNG)
    shutil.copy(FONT, folder / "content" / "assets" / "own-sans.woff2")
    return folder


def build(folder):
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


def test_the_page_has_a_recipe_for_everything():
    assert {name for blocks in SECTIONS.values() for name, _ in blocks} >= {"mkdocs.yml", "content/index.md"}
    named = re.findall(r"^```(\w+)$", PAGE, re.MULTILINE)
    assert len(named) == sum(map(len, SECTIONS.values())) + PAGE.count("\n```text\npapers.example.org\n")


SHOWN = {
    "Overviews of topics": {"topics/birdsong": "Birds can be told apart"},
    "A glossary": {"glossary": "with a loud voice"},
    "Reading paths": {"paths": "Birds by ear", "paths/birds-by-ear": "what they sing together"},
    "Tables": {"tables": "How many nests were heard", "tables/nests": "four microphones"},
    "Pictures of papers": {"papers/owls-at-night": "An owl above a mouse"},
}
"""What pages show of a recipe, by their paths."""


@pytest.mark.parametrize("section", SECTIONS)
def test_each_recipe_builds(section, build_recipe):
    site, said = build_recipe(section)
    for name, text in SECTIONS[section]:
        own = Path(name).relative_to("content") if name.startswith("content") else None
        if own and is_data(own.as_posix()):
            assert not (site / own).exists()
        elif own and own.suffix == ".md":
            title = re.search("^# (.*)", text, re.MULTILINE)[1]
            assert title in (site / own.with_suffix("") / "index.html" if own.stem != "index" else site / "index.html").read_text()  # fmt: skip
        elif own:
            assert (site / own).read_text() == text
    for path, text in SHOWN.get(section, {}).items():
        assert text in (site / path / "index.html").read_text()
    if section == "Colours":
        assert "`accent: deep-orange` is #ff6e42 in light" in said


@pytest.fixture(scope="module")
def own(build_once, write_recipe):
    """Return the site of an index with most recipes at once, and a script that the policy has to stop."""

    def make(place):
        folder = write_recipe(place / "index", *ALL)
        (folder / "content" / "lesegruppe.md").write_text(
            "# Lesegruppe\n\nWir treffen uns. [Neues](new/index.md)\n\n```\nCode\n```\n"
        )
        # The style sheet of the colours recipe has a test of its own.
        config = yaml.safe_load((folder / "mkdocs.yml").read_text())
        config["extra_css"].remove("assets/colours.css")
        config["nav"].insert(2, {"Lesegruppe": "lesegruppe.md"})
        config["extra_javascript"].append("assets/stopped.js")
        (folder / "content" / "assets" / "stopped.js").write_text(
            "navigator.sendBeacon('https://other.example/');fetch('https://other.example/').catch(() => {});\n"
        )
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True))
        return folder

    return build_once("make-it-yours", make)


@pytest.fixture
def travel(browser):
    """Return a function that gives one to open pages of a site at its own address.

    Every request is answered from the folder of the site, or with what other hosts would say, and listed.
    """
    opened = []

    def start(site, others=types.MappingProxyType({})):
        requests = []

        def answer(route):
            asked = route.request.url.partition("?")[0]
            requests.append((route.request.method, route.request.url))
            path = site / asked.removeprefix(SITE)
            path = path / "index.html" if path.is_dir() else path
            if not asked.startswith(SITE):
                route.fulfill(body=others.get(asked, ""), content_type="text/javascript")
            elif path.is_file():
                route.fulfill(path=path)
            else:
                route.fulfill(status=404, path=site / "404.html")

        def go(path, **context):
            usual = {"viewport": {"width": 1280, "height": 900}, "service_workers": "block"}
            opened.append(browser.new_context(**usual | context))
            opened[-1].route("**/*", answer)
            page = opened[-1].new_page()
            page.goto(SITE + path)
            page.wait_for_load_state("networkidle")
            return page, requests

        return go

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def visit(travel, own):
    """Return a function that opens a page of the site with most recipes."""
    return travel(own)


def read(colour):
    return tuple(int(part) / 255 for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize(
    ("path", "selector"), [("papers/", ".ps-refine a"), ("lesegruppe/", "article p > a")]
)
@pytest.mark.parametrize("scheme", PALETTE)
def test_links_and_tabs_have_the_colours_of_the_palette(visit, path, selector, scheme):
    primary, accent = map(parse_colour, PALETTE[scheme])
    page, _ = visit(path)
    shade(page, scheme)
    colours = {name: read(colour) for name, colour in page.evaluate(COLOURS, selector).items()}
    assert colours["link"] == colours["tab"] == pytest.approx(primary)
    assert contrast(colours["link"], colours["ground"]) >= 4.5
    link = page.locator(selector).first
    link.hover()
    assert read(link.evaluate("one => getComputedStyle(one).color")) == pytest.approx(accent)
    page.keyboard.press("Tab")
    focus = page.evaluate("() => getComputedStyle(document.activeElement).outlineColor")
    assert read(focus) == pytest.approx(accent)


def test_everything_can_be_read_in_the_colours_of_the_palette(visit):
    found = []
    for path in ("", "papers/", "lesegruppe/", "search/?q=a", "topics/", "desk/", "no/page/"):
        page, _ = visit(path, reduced_motion="reduce")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for width, scheme in itertools.product((1280, 360), PALETTE):
            page.set_viewport_size({"width": width, "height": 900})
            shade(page, scheme)
            found += [(path, width, scheme, *fault) for fault in page.evaluate(RUN_AXE, [COLOUR, []])]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == []


def wait_for_others(page, requests, number):
    """Return the requests to other hosts, once there are so many."""
    return wait_for(
        page,
        lambda: (
            len(others := [asked for asked in requests if not asked[1].startswith(SITE)]) >= number and others
        ),
    )


def test_the_counter_is_told_the_path_and_nobody_anything_else(visit):
    page, requests = visit("search/?q=owls")
    assert wait_for_others(page, requests, 1) == [("POST", f"{COUNTER}?p=%2Fsearch%2F")]
    page, _ = visit("lesegruppe/")
    assert wait_for_others(page, requests, 2)[1:] == [("POST", f"{COUNTER}?p=%2Flesegruppe%2F")]


def test_who_asks_not_to_be_followed_is_not_counted(visit):
    page, requests = visit("about/")
    requests.clear()
    page.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })"
    )
    page.goto(f"{SITE}papers/")
    page.wait_for_load_state("networkidle")
    assert [url for _, url in requests if not url.startswith(SITE)] == []


def test_fonts_logo_language_and_pages_are_those_of_the_owner(visit):
    page, requests = visit("lesegruppe/")
    page.wait_for_function("document.fonts.check('16px \"Own Sans\"')")
    assert f"{SITE}assets/own-sans.woff2" in [url for _, url in requests]
    assert page.evaluate("getComputedStyle(document.querySelector('article p')).fontFamily").startswith('"Own Sans"')  # fmt: skip
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Own Sans"')
    assert page.locator(".ps-name img").evaluate("one => one.src") == f"{SITE}assets/logo.svg"
    assert page.locator("link[rel=icon]").evaluate("one => one.href") == f"{SITE}assets/logo.svg"
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator(".ps-tabs a").all_inner_texts()[:3] == ["Start", "Papers", "Lesegruppe"]
    assert page.get_by_role("link", name="Follow us").count() == 1
    assert "suchen" in page.locator(".ps-box input").get_attribute("placeholder")


def test_what_is_missing_has_a_page_at_any_depth(visit):
    page, _ = visit("no/such/page/")
    assert page.locator(".ps-tabs a").first.evaluate("one => one.href") == SITE
    assert page.evaluate("getComputedStyle(document.querySelector('.ps-header')).display") == "flex"


@pytest.mark.parametrize(("scheme", "accent"), [("light", "#00695c"), ("dark", "#5fd0bd")])
def test_a_style_sheet_of_ones_own_wins_over_the_palette(travel, build_recipe, scheme, accent):
    visit = travel(build_recipe("Colours")[0])
    for path in ("papers/", "about/"):
        page, _ = visit(path)
        shade(page, scheme)
        tab = page.evaluate("getComputedStyle(document.querySelector('.ps-tabs a[aria-current]')).color")
        assert read(tab) == pytest.approx(parse_colour(accent))


def test_the_script_of_a_service_runs_and_may_send_what_it_counts(travel, build_recipe):
    site, _ = build_recipe("With the script of a service")
    address = "https://plausible.io/js/pa-MYCODE.js"
    script = "if (plausible.o) fetch('https://plausible.io/api/event', { method: 'POST', body: '{}' }); fetch('https://other.example/').catch(() => {});"
    page, requests = travel(site, {address: script})("papers/")
    others = [("GET", address), ("POST", "https://plausible.io/api/event")]
    assert wait_for_others(page, requests, 2) == others


def test_a_policy_is_what_stops_the_others(travel, write_recipe, tmp_path):
    """Without one, the same script reaches every host: the tests above would see it."""
    folder = write_recipe(tmp_path / "index", "With the script of a service")
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    config["plugins"] = [{"papershelf": {"csp": False}}]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    build(folder)
    script = "navigator.sendBeacon('https://other.example/')"
    page, requests = travel(folder / "site", {"https://plausible.io/js/pa-MYCODE.js": script})("papers/")
    wait_for_others(page, requests, 2)
    assert ("POST", "https://other.example/") in requests


def test_a_site_without_a_logo_shows_its_name_alone(write_recipe, tmp_path):
    folder = write_recipe(tmp_path / "index", "The footer")
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    del config["theme"]["logo"]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    build(folder)
    for page in ("papers/index.html", "about/index.html"):
        (name,) = LexborHTMLParser((folder / "site" / page).read_text()).css(".ps-name")
        assert name.text().strip() == "My papers"
        assert not name.css("img")


def test_a_domain_is_a_file_of_one_line(write_recipe, tmp_path):
    folder = write_recipe(tmp_path / "index", "A domain of your own")
    (line,) = re.findall(r"^```text\n(papers\..*\n)```", PAGE, re.MULTILINE)
    (folder / "content" / "CNAME").write_text(line)
    build(folder)
    assert (folder / "site" / "CNAME").read_text() == line == SITE.split("/")[2] + "\n"
    assert f"<loc>{SITE}papers/</loc>" in (folder / "site" / "sitemap.xml").read_text()


def test_a_colour_that_does_not_exist_stops_a_build(write_recipe, tmp_path):
    folder = write_recipe(tmp_path / "index", "The footer")
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    config["theme"]["palette"][0]["primary"] = "chartreuse"
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 1
    assert "unknown colour `primary: chartreuse`; the colours are amber," in result.stdout + result.stderr
