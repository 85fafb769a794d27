"""Reading with the keyboard alone."""


def test_keys_go_from_paper_to_paper_and_mark_them(page, base):
    page.goto(base + "papers/")
    links = page.locator(".ps-page li:has(.ps-facts) > p:first-child > a:first-child")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == links.nth(1).inner_text()
    for key in "srx":
        page.keyboard.press(key)
    card = page.locator(".ps-page li:has(.ps-facts)").nth(1)
    assert all(card.get_attribute(f"data-{mark}") is not None for mark in ("saved", "read", "hidden"))
    assert page.get_by_text("Hidden: " + focused).count() == 1  # what a screen reader hears
    page.keyboard.press("n")
    page.get_by_role("dialog").get_by_label("Note, kept in this browser only").fill("s r x are letters here")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == focused
    assert card.locator(".ps-own-note").inner_text() == "s r x are letters here"
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*/")
    assert page.locator("h1").inner_text() == focused
    page.keyboard.press("s")
    assert page.locator(".ps-page--paper").get_attribute("data-saved") is None


def test_letters_typed_into_a_field_do_nothing_else(page, base):
    page.goto(base + "papers/")
    page.keyboard.press("/")
    page.keyboard.type("jsxr?")
    assert page.locator(".ps-box input").input_value() == "jsxr?"
    assert page.locator("[data-saved], [data-hidden], dialog").count() == 0


def test_single_letters_can_be_switched_off_for_good(page, base):
    page.goto(base + "papers/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Use single-letter shortcuts").uncheck()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.reload()
    for key in "jsx?":
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.locator("[data-saved], [data-hidden], dialog").count() == 0
    page.goto(base + "desk/")
    page.get_by_text("Backup and settings").click()
    page.get_by_label("Use single-letter shortcuts").check()
    page.goto(base + "papers/")
    page.keyboard.press("j")
    page.keyboard.press("s")
    assert page.locator("[data-saved]").count() == 1


def test_every_control_of_a_list_is_reached_by_tab_and_can_be_seen(page, base):
    page.goto(base + "topics/captioning/")
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("""() => {
                const element = document.activeElement, style = getComputedStyle(element);
                return [element.dataset.do ?? element.localName, element.matches(":focus-visible") && style.outlineStyle !== "none"];
            }""")
        )
    assert {"saved", "more", "a", "input", "button"} <= {name for name, _ in seen}
    assert all(visible for name, visible in seen if name != "body")
