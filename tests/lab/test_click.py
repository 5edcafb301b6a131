"""A click on a picture in JupyterLab chooses a place of it, and the arrow keys do the same on the sliders."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CODE = (
    "from course_utils.lessons.lesson_13_cnn.one_number import one_number; ones = np.ones; "
    "plots.explore(lambda row, column: one_number(ones((6, 6, 2)), ones((3, 3, 2, 1)), ones(1), row, column, 0), "
    'click=("column", "row"), row=(0, 3, 1, 0), column=(0, 3, 1, 0))'
)
SHOWN = ".jupyter-widgets img[alt^='The number of filter']"


def place(page):
    return tuple(map(int, re.search(r"row (\d), column (\d)", page.locator(SHOWN).get_attribute("alt")).groups()))


def moved(page, act):
    """Where the picture is after something that must move it."""
    before = page.locator(SHOWN).get_attribute("alt")
    act()
    changed = "before => document.querySelector(\".jupyter-widgets img[alt^='The number']\").alt !== before"
    page.wait_for_function(changed, arg=before)
    return place(page)


def test_a_click_and_the_keys_choose_a_number(page, lab):
    page.goto(lab.format(notebook="01_neuron.ipynb") + "&reset")
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    cells.first.locator(".jp-InputPrompt").click()
    page.keyboard.press("Shift+Enter")
    cells.filter(has_text='lesson.predict("star")').locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(CODE)
    page.keyboard.press("Shift+Enter")
    picture = page.locator(SHOWN)
    picture.wait_for()
    picture.scroll_into_view_if_needed()
    assert place(page) == (0, 0)
    width, height = (picture.bounding_box()[side] for side in ("width", "height"))

    def click(across, down):
        return lambda: picture.click(position={"x": across * width, "y": down * height})

    row, column = moved(page, click(0.1, 0.2))
    assert row > 0 and column > 0
    lower = moved(page, click(0.1, 0.35))
    assert lower[0] > row and lower[1] == column
    left = moved(page, click(0.03, 0.35))
    assert left[0] == lower[0] and left[1] < column
    rows, _ = page.locator(".widget-vbox", has=picture).get_by_role("slider").all()
    rows.focus()
    assert moved(page, lambda: page.keyboard.press("ArrowLeft")) == (left[0] - 1, left[1])
