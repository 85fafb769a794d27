"""The page of figures and the figures of topics in a real browser: seen, named, in the colours of the page."""

import pytest

PAGES = ["stats/", "topics/vision-language-pretraining/"]
BAR = ".ps-chart .ps-most"
TEXT = ".ps-chart .ps-value"


@pytest.fixture
def visit(browser, base):
    """Return a function that opens a page; the test fails on any console message and any request to another host."""
    said, contexts = [], []

    def go(path, **choices):
        contexts.append(browser.new_context(**choices))
        page = contexts[-1].new_page()
        page.on(
            "console",
            lambda message: said.append(message.text) if message.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(base) else said.append(request.url))
        page.goto(base + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert said == []


def style(page, selector, name):
    return page.locator(selector).first.evaluate("(node, name) => getComputedStyle(node)[name]", name)


@pytest.mark.parametrize("path", PAGES)
def test_every_chart_is_seen_and_says_its_finding_and_has_its_numbers(visit, path):
    page = visit(path, java_script_enabled=False)
    charts = page.get_by_role("img").all()
    assert charts
    for chart in charts:
        assert chart.is_visible()
        assert any(letter.isdigit() for letter in chart.get_attribute("aria-label"))
    for figure in page.locator("figure").all():
        table = figure.locator("table")
        assert not table.is_visible()
        figure.locator("summary").click()
        assert table.is_visible()
        assert table.locator("caption").inner_text()
        assert table.locator("th[scope=row]").count() == table.locator("tbody tr").count()
    assert page.get_by_role("table").count() == (6 if path == "stats/" else 1)


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("path", PAGES)
def test_figures_fit_a_phone_and_their_text_can_be_read(visit, path, width):
    page = visit(path, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(node => node.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator(".ps-chart text").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().height)"
    )
    assert min(heights) >= 12
    edges = page.locator(".ps-chart text").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(box => [box.left, box.right])"
    )
    assert all(left >= 0 and right <= width for left, right in edges)


@pytest.mark.parametrize("path", PAGES)
def test_no_two_texts_of_a_chart_overlap(visit, path):
    page = visit(path, viewport={"width": 360, "height": 800})
    assert page.locator(".ps-chart").evaluate_all("""charts => charts.flatMap(chart => {
        const boxes = [...chart.querySelectorAll("text")].map(node => node.getBoundingClientRect());
        return boxes.flatMap((a, n) => boxes.slice(n + 1).filter(b =>
            a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2));
    }).length""") == 0  # fmt: skip


def test_bars_and_text_follow_light_dark_and_paper(visit):
    light, dark = (visit("stats/", color_scheme=scheme) for scheme in ("light", "dark"))
    for selector in (BAR, TEXT):
        assert style(light, selector, "fill") != style(dark, selector, "fill")
        for page in (light, dark):
            page.emulate_media(media="print")
        assert style(light, selector, "fill") == style(dark, selector, "fill"), (
            "paper is white, whatever the screen was"
        )
        for page in (light, dark):
            page.emulate_media(media="screen")
        dark.emulate_media(media="screen")


def test_forced_colours_are_those_of_the_reader(visit):
    page = visit("stats/", forced_colors="active", color_scheme="dark")
    text = page.evaluate("getComputedStyle(document.body).color")
    assert style(page, BAR, "fill") == text
    assert style(page, ".ps-chart rect:not(.ps-most)", "fill") == text


def test_from_home_to_the_figures_and_on(visit):
    page = visit("")
    page.locator("article").get_by_role("link", name="Statistics").click()
    page.wait_for_url("**/stats/")
    assert page.locator("h1").inner_text() == "Statistics"
    with page.expect_navigation():
        page.locator(".ps-small a").first.click()
    assert page.locator("h1").inner_text() in page.title()
    page.go_back()
    page.get_by_role("link", name="Benchmark", exact=True).click()
    page.wait_for_url("**/search/?kind=benchmark")


def test_wide_tables_scroll_by_keyboard(visit):
    page = visit("stats/", viewport={"width": 320, "height": 800})
    page.locator("summary").nth(1).click()
    scroll = page.locator(".ps-scroll").nth(1)
    scroll.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("node => node.scrollLeft > 0", arg=scroll.element_handle())
