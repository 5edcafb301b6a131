"""A learner draws a digit with the mouse, and a network reads it: in lesson 07 their own, in 00 the course's."""

import re
from pathlib import Path

import pytest

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
SEVEN = [(0.26, 0.2), (0.5, 0.19), (0.72, 0.18), (0.62, 0.42), (0.5, 0.66), (0.44, 0.86)]
ONE = [(0.5, 0.12), (0.5, 0.9)]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def run(page, lab, notebook):
    """Open the lesson, untouched and no other, and run all its cells; the first canvas that appears."""
    page.goto(lab.format(notebook=notebook) + "&reset")
    page.locator(".jp-Notebook").wait_for()
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    canvas = page.locator(".jp-OutputArea canvas").first
    canvas.wait_for()
    canvas.scroll_into_view_if_needed()
    return canvas


@pytest.fixture(scope="module")
def canvas(page, lab):
    return run(page, lab, "07_numpy_mnist.ipynb")


def picture(page):
    return page.locator(".jupyter-widgets img[alt^='A drawn digit']").first


def draw(page, canvas, points):
    """Draw the line with the mouse and return what the network then says, once it says something new."""
    before = picture(page).get_attribute("src") if picture(page).count() else ""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    (x, y), *rest = [(box["x"] + px * box["width"], box["y"] + py * box["height"]) for px, py in points]
    page.mouse.move(x, y)
    page.mouse.down()
    for x, y in rest:
        page.mouse.move(x, y, steps=5)
    page.mouse.up()
    page.wait_for_function(
        "before => (document.querySelector(\".jupyter-widgets img[alt^='A drawn digit']\")?.src ?? before) !== before",
        arg=before,
    )
    return int(re.search(r"says (\d)", picture(page).get_attribute("alt"))[1])


def test_a_digit_drawn_with_the_mouse_is_read(page, canvas):
    picture(page).wait_for()
    assert draw(page, canvas, SEVEN) == 7
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "07-drawing.png")


def test_a_cleared_canvas_has_no_reading_and_takes_another_digit(page, canvas):
    canvas.locator("xpath=..").get_by_role("button", name="Clear").click()
    page.get_by_text("Nothing is drawn yet.").wait_for()
    assert picture(page).count() == 0
    assert draw(page, canvas, ONE) == 1


def test_in_the_first_lesson_a_drawn_digit_is_read_and_pushed_by_the_keyboard_until_the_answer_is_wrong(page, lab):
    canvas = run(page, lab, "00_start_here.ipynb")
    picture(page).wait_for()
    assert draw(page, canvas, SEVEN) == 7
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "00-drawing.png")
    panel = page.locator(".jupyter-widgets.widget-vbox").filter(has=page.get_by_text("thinner", exact=True)).last
    shown = panel.locator("img")
    assert "says 0" in shown.get_attribute("alt")  # a 3 that is turned by 60 degrees
    right, _, turn, _ = panel.get_by_role("slider").all()
    for slider, presses, says in ((turn, 60 // 5, 3), (right, 6, 7)):
        slider.focus()
        for _ in range(presses):
            page.keyboard.press("ArrowLeft")
        panel.locator(f"img[alt*='says {says}']").wait_for()
    page.screenshot(path=SCREENSHOTS / "00-broken.png")
