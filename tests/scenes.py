"""Every kind of page, each in the state in which a reader meets most of it: where it is, and what brings it there."""

import dataclasses
import json
from collections.abc import Callable

from browsing import SETTLED, wait_until

ONE = "4m-massively-multimodal-masked-modeling"
TWO = "4m-21-an-any-to-any-vision-model-for-tens-of-tasks-and-modalities"
THREE = "align-anything-training-all-modality-models-to-follow-instructions-with-language"
DESK = {
    "format": 1,
    "papers": {
        ONE: {"title": "One", "saved": "2025-01-02", "read": "2025-01-03", "note": "Owls see this."},
        TWO: {"title": "Two", "saved": "2025-01-02", "hidden": "2025-01-03"},
        "gone-with-it": {"title": "Gone with It", "saved": "2025-01-02"},
    },
    "lists": {"Owls": [ONE, THREE], "Mice": []},
    "compare": [],
}
HALF = {"format": 1, "papers": {"owls": {"title": "Owls", "read": "2025-01-03"}}, "lists": {}, "compare": []}
BIB = f"""
@article{{owls, title = {{4M: Massively Multimodal Masked Modeling}}, year = 2023}}
@article{{mice, title = {{Mice of No Shelf}}, author = {{A. Nobody}}, year = 1980}}
@article{{open, title = {{This {{is never closed}}}}
@misc{{{ONE}, title = {{{THREE.replace("-", " ")}}}}}
"""
SHORTEN = """() => {
    const name = (one) => `${one.localName}.${one.getAttribute("class")}`;
    const makeup = (entry) => [...new Set([entry, ...entry.querySelectorAll("*")].map(name))].sort().join();
    for (const list of document.querySelectorAll("main :is(ul, ol, tbody, fieldset)")) {
        const seen = {};
        for (const entry of [...list.children]) {
            const kind = makeup(entry);
            seen[kind] = (seen[kind] ?? 0) + 1;
            if (seen[kind] > 2) entry.remove();
        }
    }
}"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scene:
    """A page, what the desk holds before it opens, and what is done there until it shows what it should."""

    name: str
    path: str
    prepare: Callable = lambda _: None
    desk: dict | None = None
    invented: bool = False
    """Whether it is a page of the invented index instead of the repository's own."""

    def open(self, page, base):
        """Bring a page of a browser into this state."""
        text = json.dumps(self.desk) if self.desk else ""
        page.evaluate(
            "text => text ? localStorage.setItem('/index/.desk', text) : localStorage.removeItem('/index/.desk')",
            text,
        )
        page.goto(base + self.path)
        wait_until(page, "document.documentElement.dataset.desk !== undefined")
        self.prepare(page)
        wait_until(page, SETTLED)


def wait_for(selector):
    return lambda page: page.locator(selector).first.wait_for()


def open_all(selector):
    """Return a function that opens everything that is folded away."""

    def work(page):
        page.locator(".ps-result").first.wait_for()
        for summary in page.locator(selector).all():
            if not summary.evaluate("summary => summary.parentElement.open"):
                summary.click()
        page.locator(".ps-facets fieldset").first.wait_for()  # a phone counts them now
        show_all(page)

    return work


def show_all(page):
    """Have all results shown, so that none come while somebody goes through them."""
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    page.wait_for_function(
        "(document.querySelector('.ps-more button')?.click(), !document.querySelector('.ps-more button'))"
    )


def shorten(page):
    """Leave of each list the first two entries of each make-up: what is asked of a page costs as much as the page is long."""
    page.evaluate(SHORTEN)


def open_numbers(page):
    for summary in page.locator(".ps-numbers > summary").all():
        summary.click()


def open_overview(page):
    page.locator(".ps-overview summary").click()


def open_card(page):
    page.get_by_role("button", name="nest").click()
    page.locator(".ps-term-card:popover-open").wait_for()


def show_report(page):
    page.get_by_text("Paste BibTeX instead").click()
    page.get_by_label("BibTeX", exact=True).fill(BIB)
    page.get_by_role("button", name="Check this text").click()
    page.locator(".ps-check-item").nth(2).wait_for()


def choose_on_map(page):
    page.locator(".ps-map__legend button", has_text="Captioning").click()
    page.locator(".ps-map__panel .ps-result").first.wait_for()
    show_all(page)


def suggest(page):
    page.locator(".ps-box input").fill("video")
    page.locator("[role=option]").nth(3).wait_for()


def open_menu(page):
    page.locator("[data-do=more]").first.click()
    page.get_by_role("dialog").get_by_role("group").get_by_role(
        "button"
    ).first.wait_for()  # read from its page


def open_citations(page):
    page.locator(".ps-do--cite").click()
    page.locator(".ps-cite .ps-copy").first.wait_for()


def open_keys(page):
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def open_drawer(page):
    if page.locator("label.md-header__button").is_visible():
        page.locator("label.md-header__button").click()
        wait_until(page, "document.querySelector('.md-sidebar--primary').getBoundingClientRect().left === 0")


def open_settings(page):
    page.locator("#ps-desk h2").wait_for()
    page.locator(".ps-settings > summary").click()
    page.locator(".ps-results .ps-bar-do, .ps-notes").first.wait_for()


def compare_two(page):
    page.locator(".ps-tray a").wait_for()


SCENES = [
    Scene(name="home", path=""),
    Scene(name="all papers", path="papers/"),
    Scene(name="the list of all papers, filtered in its place", path="papers/?q=video", prepare=wait_for(".ps-result")),
    Scene(name="paper", path=f"papers/{ONE}/"),
    Scene(name="paper with marks and the tray", path=f"papers/{ONE}/", desk=DESK | {"compare": [ONE, TWO]}, prepare=compare_two),
    Scene(name="paper with its references", path=f"papers/{ONE}/", prepare=open_citations),
    Scene(name="paper with all facts", path="papers/all-facts/", invented=True),
    Scene(name="withdrawn paper", path="papers/mice/", invented=True),
    Scene(name="removed paper", path="papers/gone/", invented=True),
    Scene(name="topics", path="topics/"),
    Scene(name="topic with a figure", path="topics/benchmarks/", prepare=open_numbers),
    Scene(name="topic with first steps and pages", path="topics/birds/", invented=True),
    Scene(name="topic with its whole overview", path="topics/birds/", invented=True, prepare=open_overview),
    Scene(name="the card of a term", path="topics/birds/", invented=True, prepare=open_card),
    Scene(name="glossary", path="glossary/"),
    Scene(name="reading paths", path="paths/", invented=True),
    Scene(name="reading path", path="paths/night/", invented=True),
    Scene(name="reading path that is half read", path="paths/night/", invented=True, desk=HALF, prepare=wait_for("progress")),
    Scene(name="fact tables", path="tables/", invented=True),
    Scene(name="fact table", path="tables/hearing/", invented=True, prepare=wait_for("th button")),
    Scene(name="fact table, filtered and sorted", path="tables/hearing/?q=owls&sort=-3", invented=True, prepare=wait_for("th[aria-sort]")),
    Scene(name="picks", path="picks/"),
    Scene(name="years", path="years/"),
    Scene(name="year", path="years/2024/"),
    Scene(name="authors", path="authors/"),
    Scene(name="author", path="authors/yu-qiao/"),
    Scene(name="models and data", path="resources/"),
    Scene(name="model", path="resources/llava/"),
    Scene(name="new", path="new/"),
    Scene(name="search with filters open", path="search/?q=video&has=code", prepare=open_all(".ps-columns summary")),
    Scene(name="search with nothing found", path="search/?q=%22owls+mice%22&kind=survey", prepare=wait_for(".ps-notes ul")),
    Scene(name="empty desk", path="desk/", prepare=open_settings),
    Scene(name="desk", path="desk/", desk=DESK, prepare=open_settings),
    Scene(name="desk with a reading path", path="desk/", invented=True, desk=HALF, prepare=wait_for(".ps-lists-nav a")),
    Scene(name="report on a bibliography", path="desk/check/", prepare=show_report),
    Scene(name="comparison", path=f"desk/compare/?papers={ONE},{TWO},{THREE}", prepare=wait_for(".ps-compared")),
    Scene(name="map with a topic", path="map/", prepare=choose_on_map),
    Scene(name="figures", path="stats/", prepare=open_numbers),
    Scene(name="data", path="data/"),
    Scene(name="about", path="about/"),
    Scene(name="contribute", path="contribute/"),
    Scene(name="documentation", path="docs/reference/"),
    Scene(name="menu of the documentation", path="docs/reference/", prepare=open_drawer),
    Scene(name="not found", path="404.html"),
    Scene(name="suggestions", path="", prepare=suggest),
    Scene(name="what to do with a paper", path="topics/benchmarks/", desk=DESK, prepare=open_menu),
    Scene(name="keys", path="papers/", prepare=open_keys),
]  # fmt: skip
"""Each kind of page once."""
