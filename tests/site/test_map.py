"""The map in a real browser: looking round, reading cards, lighting up, drawing round, and what is left without scripts."""

import json
import re
from pathlib import Path

import pytest
from browsing import wait_for, wait_until
from support import ROOT

PLACED = len((ROOT / "content" / "map.csv").read_text().splitlines()) - 1


@pytest.fixture
def atlas(page, base):
    page.goto(base + "map/")
    wait(page)
    return page


FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
STILL = """new Promise((done) => {
    const canvas = document.querySelectorAll(".ps-map__board canvas")[1], before = canvas.toDataURL();
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(canvas.toDataURL() === before))));
})"""
"""Whether the map stays as it is for some frames: it glides no more."""
MARK = """() => {
    const marks = document.querySelectorAll(".ps-map__board canvas")[2];
    const pen = Object.assign(document.createElement("canvas"), { width: marks.width, height: marks.height }).getContext("2d", { willReadFrequently: true });
    pen.drawImage(marks, 0, 0);
    const { data } = pen.getImageData(0, 0, marks.width, marks.height);
    const seen = [...Array(data.length / 4).keys()].filter((at) => data[4 * at + 3]);
    if (!seen.length) return null;
    const { left, top, width } = marks.getBoundingClientRect(), mean = (of) => (seen.reduce((sum, at) => sum + of(at) + 0.5, 0) * width) / marks.width / seen.length;
    return [left + mean((at) => at % marks.width), top + mean((at) => Math.floor(at / marks.width))];
}"""
"""The place on the screen of the paper that is marked."""


def wait(page):
    page.locator(".ps-map__board").wait_for()
    wait_until(page, FRAMES)


def lit(page, number=None):
    """Return how many papers light up, when they do and it has been said, so that nobody is taken to be typing still."""
    page.wait_for_function(
        """n => {
            const said = document.querySelector('.ps-map__status').textContent;
            return said === document.querySelector('body > [role=status]')?.textContent && (n ? said.startsWith(`${n} papers highlighted`) : said.endsWith('highlighted'));
        }""",
        arg=number,
    )
    return int(page.locator(".ps-map__status").inner_text().split()[0])


def view(page):
    found = re.search(r"view=([\d.,-]+)", page.url)
    return [float(n) for n in found[1].split(",")] if found else None


def picture(page):
    return page.locator(".ps-map__board canvas").nth(1).evaluate("canvas => canvas.toDataURL()")


def wait_for_picture(page, other):
    """Wait until the map is drawn otherwise."""
    wait_for(page, lambda: picture(page) != other)


def find_paper(page):
    """Return the place on the screen of a paper, the pointer on it and its card open."""
    page.locator(".ps-map__board").focus()
    page.keyboard.press("n")
    page.locator(".ps-map__card a").first.wait_for()
    x, y = wait_for(page, lambda: page.evaluate(MARK))
    page.keyboard.press("Escape")
    page.locator(".ps-map__card").wait_for(state="hidden")
    page.mouse.move(x, y)
    page.locator(".ps-map__card a").first.wait_for()
    return x, y


def test_keys_zoom_move_and_show_the_whole_again_and_the_address_follows(atlas):
    whole = picture(atlas)
    atlas.locator(".ps-map__board").focus()
    atlas.keyboard.press("+")
    atlas.wait_for_url("**view=**")
    zoomed = view(atlas)
    assert zoomed[2] > 1
    atlas.keyboard.press("ArrowRight")
    atlas.wait_for_function("x => Number(location.search.match(/view=([\\d-]+)/)[1]) > x", arg=zoomed[0])
    shared = atlas.url
    wait_for_picture(atlas, whole)
    first = first_paper(atlas)
    atlas.goto(shared)
    wait(atlas)
    assert first_paper(atlas).split(": ", 1)[1] == first.split(": ", 1)[1]  # one at the border may come or go
    assert atlas.url == shared
    atlas.keyboard.press("0")
    atlas.wait_for_function("!location.search")
    wait_for(atlas, lambda: picture(atlas) == whole)


def test_the_address_has_the_end_of_a_move_however_slow_its_frames_are(atlas):
    atlas.evaluate(
        "() => { window.held = []; window.requestAnimationFrame = (work) => held.push(work); performance.now = () => 1000; }"
    )
    atlas.get_by_role("button", name="Zoom in").click()
    atlas.evaluate("held.splice(0).forEach((work) => work(1100))")
    atlas.wait_for_timeout(500)  # in which it would be written
    assert view(atlas) is None
    atlas.evaluate("held.splice(0).forEach((work) => work(2000))")
    atlas.wait_for_url("**view=**")
    assert view(atlas)[2] > 1.5


def first_paper(page):
    """Return what is said of the first paper in view."""
    page.locator(".ps-map__board").focus()
    page.keyboard.press("n")
    status = page.locator(".ps-map__status")
    said = wait_for(page, lambda: (text := status.inner_text()).startswith("1 of ") and text)
    page.keyboard.press("Escape")
    return said


def test_buttons_zoom_and_the_wheel_does_at_the_pointer(atlas):
    atlas.get_by_role("button", name="Zoom in").click()
    atlas.wait_for_url("**view=**")
    atlas.get_by_role("button", name="Show the whole map").click()
    atlas.wait_for_function("!location.search")
    box = atlas.locator(".ps-map__board").bounding_box()
    atlas.mouse.move(box["x"] + 50, box["y"] + 50)
    atlas.mouse.wheel(0, -300)
    atlas.wait_for_url("**view=**")
    assert view(atlas)[0] < 5000
    assert atlas.evaluate("scrollY") == 0


def test_pointing_at_a_paper_shows_its_card_which_can_be_reached_and_leads_to_its_page(atlas, base):
    find_paper(atlas)
    card = atlas.locator(".ps-map__card")
    link = card.locator("a").first
    title = link.inner_text()
    assert title
    link.click()
    atlas.wait_for_url(base + "papers/*/")
    assert atlas.locator("article h1").inner_text() == title


def test_a_tap_keeps_the_card_until_something_else_is_tapped(atlas):
    x, y = find_paper(atlas)
    atlas.mouse.click(x, y)
    box = atlas.locator(".ps-map__board").bounding_box()
    atlas.mouse.move(box["x"] + 5, box["y"] + 5)
    atlas.wait_for_timeout(600)
    assert atlas.locator(".ps-map__card").is_visible()
    atlas.mouse.click(box["x"] + 5, box["y"] + 5)
    assert not atlas.locator(".ps-map__card").is_visible()


def test_keys_go_from_paper_to_paper_and_open_one(atlas, base):
    atlas.locator(".ps-map__board").focus()
    atlas.keyboard.press("n")
    atlas.wait_for_function(
        f"document.querySelector('.ps-map__status').textContent.startsWith('1 of {PLACED}: ')"
    )
    atlas.keyboard.press("n")
    atlas.wait_for_function(
        f"document.querySelector('.ps-map__status').textContent.startsWith('2 of {PLACED}: ')"
    )
    atlas.keyboard.press("p")
    atlas.wait_for_function(
        f"document.querySelector('.ps-map__status').textContent.startsWith('1 of {PLACED}: ')"
    )
    title = atlas.locator(".ps-map__status").inner_text().removeprefix(f"1 of {PLACED}: ")
    assert atlas.locator(".ps-map__card a").first.inner_text() == title
    atlas.keyboard.press("Enter")
    atlas.wait_for_url(base + "papers/*/")


def test_a_search_lights_up_and_is_the_search_of_the_site(atlas, base):
    before = picture(atlas)
    atlas.get_by_label("Highlight papers").fill("hallucination")
    number = lit(atlas)
    assert 0 < number < PLACED
    wait_for_picture(atlas, before)
    atlas.wait_for_url("**?q=hallucination")
    atlas.wait_for_selector(".ps-map__panel .ps-result")
    assert first_paper(atlas).startswith(f"1 of {number}: "), "papers that are not lit are walked to"
    first = atlas.locator(".ps-map__panel .ps-result a").first.inner_text()
    atlas.reload()
    wait(atlas)
    lit(atlas, number)
    atlas.get_by_role("link", name="Open in the search").click()
    atlas.wait_for_url(base + "search/?q=hallucination&meaning=off")
    atlas.wait_for_function("document.querySelector('.ps-status-line')?.textContent.endsWith('found')")
    assert atlas.locator(".ps-status-line").inner_text() == f"{number} papers found"
    assert atlas.locator(".ps-result a").first.inner_text() == first


def test_the_map_moves_to_what_lights_up_out_of_view(atlas, base):
    atlas.goto(f"{base}map/?view=0,0,30")
    wait(atlas)
    corner = view(atlas)
    atlas.get_by_label("Highlight papers").fill("hallucination")
    number = lit(atlas)
    atlas.wait_for_function(
        "corner => !location.search.includes(`view=${corner}`)", arg=",".join(f"{n:g}" for n in corner)
    )
    wait_until(atlas, STILL)
    assert first_paper(atlas).startswith(f"1 of {number}: "), "all of them are in view"


def test_a_topic_of_the_legend_lights_up_and_is_listed_and_let_go(atlas):
    button = atlas.locator(".ps-map__legend button", has_text="Video understanding")
    number = int(button.locator("small").inner_text())
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert lit(atlas) == number
    atlas.wait_for_selector(".ps-map__panel .ps-result")
    assert atlas.locator(".ps-map__panel h2").inner_text() == f"{number} papers: Video understanding"
    topics = atlas.locator(".ps-map__panel .ps-result").first.inner_text()
    assert "Video understanding" in topics
    assert "topic=video" in atlas.url
    button.click()
    atlas.wait_for_function("!location.search")
    assert not atlas.locator(".ps-map__panel").is_visible()


def test_a_list_stays_with_the_focus_in_it_while_the_map_moves(atlas):
    atlas.locator(".ps-map__legend button", has_text="Captioning").click()
    atlas.locator(".ps-map__panel .ps-result a").first.focus()
    atlas.evaluate("window.held = document.activeElement")
    atlas.get_by_role("button", name="Zoom in").dispatch_event("click")
    atlas.wait_for_url("**view=**")
    assert atlas.evaluate("held.isConnected && document.activeElement === held")
    atlas.get_by_role("button", name="Close the list").click()
    atlas.locator(".ps-map__legend button", has_text="Captioning").click()
    atlas.locator(".ps-map__panel .ps-result").first.wait_for()


def draw_round(page, left, top, right, bottom):
    box = page.locator(".ps-map__board").bounding_box()
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def test_what_is_drawn_round_is_listed_and_taken_away_as_a_whole(atlas):
    atlas.keyboard.down("Shift")
    draw_round(atlas, 0.2, 0.2, 0.5, 0.6)
    atlas.keyboard.up("Shift")
    number = lit(atlas)
    assert 20 < number < 200
    assert view(atlas) is None, "drawing moved the map"
    atlas.wait_for_selector(".ps-map__panel .ps-result")
    assert not atlas.get_by_role("link", name="Open in the search").is_visible()
    with atlas.expect_download() as waiting:
        atlas.get_by_label("Download this list").select_option("jsonl")
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines if line]
    assert len(set(ids)) == number
    atlas.get_by_role("button", name="Close the list").click()
    atlas.get_by_role("button", name="Select papers").click()
    draw_round(atlas, 0.2, 0.2, 0.5, 0.6)
    assert lit(atlas) > 0


def test_what_is_chosen_becomes_a_list_of_the_desk(atlas):
    atlas.locator(".ps-map__legend button", has_text="Captioning").click()
    atlas.wait_for_selector(".ps-map__panel .ps-result")
    chosen = lit(atlas)
    atlas.get_by_role("button", name="Save as list").click()
    dialog = atlas.get_by_role("dialog")
    assert dialog.get_by_label("Name of a new list").input_value() == "Captioning"
    dialog.get_by_role("button", name="Add to it").click()
    assert dialog.get_by_label("Captioning").is_checked()
    kept = atlas.evaluate("JSON.parse(localStorage['/index/.desk']).lists.Captioning")
    assert len(set(kept)) == chosen > 0


def test_the_papers_in_view_can_be_listed_and_the_list_follows_the_view(atlas):
    atlas.get_by_role("button", name="List the papers in view").click()
    title = atlas.locator(".ps-map__panel h2")
    atlas.wait_for_selector(".ps-map__panel .ps-result")
    assert title.inner_text() == f"{PLACED} papers in view"
    assert "first 200" in atlas.locator(".ps-map__cut").inner_text()
    atlas.get_by_role("button", name="Zoom in").click()
    atlas.wait_for_function(
        f"document.querySelector('.ps-map__panel h2').textContent !== '{PLACED} papers in view'"
    )
    assert int(title.inner_text().split()[0]) < PLACED


def test_the_map_changes_with_light_and_dark(atlas):
    light = picture(atlas)
    atlas.get_by_role("button", name="Light or dark").click()
    wait_for_picture(atlas, light)


def test_a_map_of_another_build_than_the_search_says_so(page, base):
    page.route("**/map/points.json", lambda route: route.fulfill(json=stale(route)))
    page.goto(base + "map/?q=video")
    page.wait_for_function(
        "document.querySelector('.ps-map__status')?.textContent.includes('reload the page')"
    )


def stale(route):
    return route.fetch().json() | {"numbering": "abcdef"}


def test_a_map_that_cannot_be_loaded_can_be_tried_again(browser, base):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route("**/map/points.json", lambda route: route.abort())
    page.goto(base + "map/")
    page.get_by_role("button", name="Try again").wait_for()
    assert page.locator("#topics-on-the-map").is_visible()
    page.unroute("**/map/points.json")
    page.get_by_role("button", name="Try again").click()
    wait(page)
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_map_is_wider_than_its_window(page, base, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(base + "map/?topic=video")
    wait(page)
    page.wait_for_selector(".ps-map__panel .ps-result")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_finger_taps_a_paper_and_two_fingers_zoom(browser, base):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(base + "map/")
    wait(page)
    page.locator(".ps-map__stage").scroll_into_view_if_needed()
    box = page.locator(".ps-map__board").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = context.new_cdp_session(page)

    def touch(kind, *places):
        points = [{"x": at, "y": y, "id": n} for n, at in enumerate(places)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x - 20, x + 20)
    for step in range(1, 8):
        touch("touchMove", x - 20 - 8 * step, x + 20 + 8 * step)
    touch("touchEnd")
    page.wait_for_url("**view=**")
    assert view(page)[2] > 1.5
    page.get_by_role("button", name="Show the whole map").click()
    page.wait_for_function("!location.search")
    page.touchscreen.tap(x, y)
    page.locator(".ps-map__card").wait_for()
    context.close()


def test_without_scripts_the_topics_stand_there(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "map/")
    assert page.locator(".ps-without-script").is_visible()
    link = page.locator("#topics-on-the-map + ul a", has_text="Video understanding")
    assert link.is_visible()
    link.click()
    page.wait_for_url(base + "topics/video/")
    context.close()


def test_the_file_of_places_is_no_part_of_the_site_and_its_data_are(own_site):
    assert not (own_site / "map.csv").exists()
    points = json.loads((own_site / "map" / "points.json").read_text())
    manifest = json.loads((own_site / "search" / "index" / "manifest.json").read_text())
    assert points["numbering"] == manifest["numbering"]
    columns = [points[name] for name in ("x", "y", "year", "of")]
    assert [len(column) for column in columns] == [manifest["papers"]] * 4
    assert [topic[:2] for topic in points["topics"]] == manifest["topics"]
