"""Pages adapt to their readers: small screens, large letters and fingers, with any fonts; no motion, colours of the system."""

import pytest
from browsing import reading, serve, shade, touching
from font_sets import EACH_FONT_SET, FONT_SETS
from scenes import SCENES, shorten

WIDER = """() => {
    const width = document.documentElement.clientWidth;
    const inScroller = (one) => { for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) return true; };
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > width + 1 && !inScroller(one));
    return document.documentElement.scrollWidth > width ? wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).concat(String(document.documentElement.scrollWidth)) : [];
}"""
MOVING = """() => {
    const parts = (one) => ["", "::before", "::after"].map((part) => getComputedStyle(one, part || null));
    const moves = (style) => style.animationName !== "none" || style.scrollBehavior !== "auto" || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
    return [...document.querySelectorAll("*")].filter((one) => parts(one).some(moves)).map((one) => one.outerHTML.slice(0, 120));
}"""
TARGETS = r"""(least) => {
    const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, label, [role=option]";
    const blockOf = (one) => (getComputedStyle(one).display === "inline" ? blockOf(one.parentElement) : one);
    const isWord = (node, block) => /\p{L}/u.test(node.data) && !node.parentElement.closest(kinds) && node.parentElement.checkVisibility() && blockOf(node.parentElement) === block;
    const isInSentence = (one) => { // of WCAG 2.5.8 exempt: the words of its line decide how high it is
        const walker = document.createTreeWalker(blockOf(one.parentElement), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) if (isWord(walker.currentNode, walker.root)) return true;
        return false;
    };
    const isSmallPrint = (one) => one.matches(".ps-facts a, td a, th a, .ps-page--text article a"); // AA without a finger's size
    const lies = (one) => { for (let up = one; up; up = up.parentElement) if (["fixed", "sticky", "absolute"].includes(getComputedStyle(up).position)) return up; return null; };
    const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.offsetWidth && one.offsetHeight && !one.closest(".ps-unseen") && getComputedStyle(one).pointerEvents !== "none";
    const holds = (one) => one.localName === "label" && one.control && isSeen(one.control) && !/checkbox|radio/.test(one.control.type);
    const all = [...document.querySelectorAll(kinds)].filter((one) => isSeen(one) && !holds(one));
    const own = all.map((one) => (/checkbox|radio|file/.test(one.type) ? one.closest("label") ?? one : one));
    const targets = [...new Set(own)].filter((one) => !(getComputedStyle(one).display === "inline" || one.matches("p .ps-term, li .ps-term, span .ps-term")) || !isInSentence(one));
    const boxes = targets.map((one) => one.getBoundingClientRect());
    const name = (one) => one.outerHTML.slice(0, 100);
    const small = targets.filter((one, n) => Math.min(boxes[n].width, boxes[n].height) < (isSmallPrint(one) ? Math.min(least, 24) : least) - 0.01);
    const layers = targets.map(lies);
    const over = targets.flatMap((one, n) => targets.slice(n + 1).filter((other, m) => {
        const [a, b] = [boxes[n], boxes[n + 1 + m]];
        return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1 && layers[n] === layers[n + 1 + m] && !one.contains(other) && !other.contains(one);
    }).map((other) => `${name(one)} over ${name(other)}`));
    return [...small.map((one) => `${boxes[targets.indexOf(one)].width} by ${boxes[targets.indexOf(one)].height}: ${name(one)}`), ...over];
}"""
POINTER, FINGER = 24, 44
"""The least height and width of a target: WCAG 2.5.8, and 2.5.5 where a finger is likely."""
LARGE = "() => (document.documentElement.style.fontSize = `${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px`)"
SIGNS = [
    ".ps-do--saved", ".ps-do--more", ".ps-map__dot", ".ps-bar", ".ps-scheme", ".ps-chart rect", ".ps-line rect", ".ps-chart text",
    ".ps-map__tools button", ".ps-map__board", ".ps-tab[aria-current]", ".md-typeset summary",
]  # fmt: skip
SIGNED = {
    "paper",
    "topic with a figure",
    "years",
    "figures",
    "desk",
    "map with a topic",
    "search with filters open",
}
"""Kinds of pages that have all of these characters between them."""


@pytest.fixture(scope="module")
def invented(full_site, fonts):
    with serve(full_site, FONT_SETS[fonts].served) as address:
        yield address


def walk(browser, base, invented, names=None, **context):
    """Yield every kind of page, or those with some names, as a browser of a kind shows it."""
    for address in (base, invented):
        with reading(browser, address, **context) as page:
            for scene in SCENES:
                if scene.invented == (address == invented) and (names is None or scene.name in names):
                    scene.open(page, address)
                    yield scene, page


@pytest.fixture(scope="module")
def findings(browser, base, invented):
    """Return what is wider than the screen, too small for a pointer or a finger, and what moves, page by page, for a reader who wants no motion."""
    found = {"narrow": {}, "large": {}, "moving": {}, "phone": {}, "tablet": {}, "mouse": {}}
    for scene, page in walk(
        browser, base, invented, viewport={"width": 320, "height": 800}, reduced_motion="reduce"
    ):
        found["narrow"][scene.name] = page.evaluate(WIDER)
        shorten(page)
        found["moving"][scene.name] = page.evaluate(MOVING)
        found["phone"][scene.name] = page.evaluate(TARGETS, FINGER)
        page.set_viewport_size({"width": 1280, "height": 800})
        found["mouse"][scene.name] = page.evaluate(TARGETS, POINTER)
        with touching(page):
            found["tablet"][scene.name] = page.evaluate(TARGETS, FINGER)
        page.set_viewport_size({"width": 640, "height": 800})
        page.evaluate(LARGE)
        found["large"][scene.name] = page.evaluate(WIDER)
        page.set_viewport_size({"width": 320, "height": 800})
    return {what: {name: some for name, some in pages.items() if some} for what, pages in found.items()}


@EACH_FONT_SET
def test_no_page_scrolls_sideways_on_a_narrow_screen(findings):
    assert findings["narrow"] == {}


@EACH_FONT_SET
def test_no_page_scrolls_sideways_with_letters_of_twice_the_size(findings):
    assert findings["large"] == {}


@EACH_FONT_SET
@pytest.mark.parametrize("device", ["mouse", "tablet", "phone"])
def test_what_can_be_pressed_is_large_enough_and_under_nothing_else(findings, device):
    assert findings[device] == {}


@EACH_FONT_SET
def test_nothing_moves_for_those_who_want_no_motion(findings):
    assert findings["moving"] == {}


def test_signs_and_figures_are_seen_in_colours_of_the_system(browser, base, invented):
    """Each character has two colours that differ clearly in its pixels, so that it stands out from its ground."""
    faint, seen = [], set()
    for scene, page in walk(browser, base, invented, names=SIGNED, forced_colors="active"):
        for sign in SIGNS:
            for scheme in ("light", "dark"):
                shade(page, scheme)
                found = contrast(page, sign)
                if found:
                    seen.add(sign)
                if found and found < 3:
                    faint.append(f"{sign} on {scene.name} in {scheme} colours")
    assert faint == []
    assert seen == set(SIGNS)


def contrast(page, sign):
    """Return the largest contrast, as WCAG counts it, between two pixels of a character and what is round it; None without one."""
    box = page.evaluate(BOX, sign)
    return box and page.evaluate(CONTRAST, page.screenshot(clip=box).hex())


BOX = """sign => {
    const one = [...document.querySelectorAll(sign)].find((one) => one.checkVisibility() && one.getBoundingClientRect().width);
    one?.scrollIntoView({ block: "center" });
    const box = one?.getBoundingClientRect();
    return box && { x: Math.max(0, box.x - 2), y: Math.max(0, box.y - 2), width: Math.max(8, box.width) + 4, height: Math.max(6, box.height) + 4 };
}"""
CONTRAST = """async (hex) => {
    const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    pen.drawImage(picture, 0, 0);
    const { data } = pen.getImageData(0, 0, picture.width, picture.height);
    const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    let low = 1, high = 0;
    for (let at = 0; at < data.length; at += 4) {
        const light = 0.2126 * part(data[at]) + 0.7152 * part(data[at + 1]) + 0.0722 * part(data[at + 2]);
        low = Math.min(low, light);
        high = Math.max(high, light);
    }
    return (high + 0.05) / (low + 0.05);
}"""
