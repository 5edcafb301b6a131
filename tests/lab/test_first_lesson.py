"""A learner opens lesson 01 in JupyterLab, answers an exercise wrongly, then rightly, and moves a slider."""

import re
from pathlib import Path

import pytest

from course_utils import lessons

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANSWER, CHECK = "def weighted_sum(x, w, b)", 'lesson.check("weighted-sum")'
WRONG = "def weighted_sum(x, w, b):\n    return (x * w).sum()"
RIGHT = "def weighted_sum(x, w, b):\n    return (x * w).sum() + b"


class Learner:
    """What a learner does in the page: write into a cell, run it, read what appears below it."""

    def __init__(self, page):
        self.page = page

    def cell(self, text):
        return self.page.locator(".jp-CodeCell").filter(has_text=text).first

    def write(self, text, code):
        self.cell(text).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def run(self, text):
        cell = self.cell(text)
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()

    def panel(self, words):
        """The text of the panel below the check, once it holds these words."""
        panel = self.cell(CHECK).locator(".jp-OutputArea [role=status]", has_text=words)
        panel.wait_for()
        return panel.inner_text()

    def look(self, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.cell(CHECK).scroll_into_view_if_needed()
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture(scope="module")
def learner(page, lab):
    """A learner whose kernel runs and whose set-up cell has been run."""
    page.goto(lab.format(notebook="01_neuron.ipynb"))
    learner = Learner(page)
    page.locator(".jp-Notebook").wait_for()
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    learner.run("import course_utils")
    return learner


def test_a_check_before_any_answer_says_so(learner):
    learner.run(ANSWER)
    learner.run(CHECK)
    assert "0 of 2 points" in learner.panel("Not attempted")
    learner.look("01-not-attempted")


def test_a_wrong_answer_is_met_with_the_hint_for_its_mistake(learner):
    hint = next(m.hint for m in lessons.load("01_neuron")["weighted-sum"].mistakes if m.name == "forgot-bias")
    learner.write(ANSWER, WRONG)
    learner.run(ANSWER)
    learner.run(CHECK)
    panel = learner.panel("Hint.")
    learner.look("02-wrong")
    assert hint in panel
    assert "Correct" not in panel


def test_the_right_answer_earns_the_points(learner):
    learner.write(ANSWER, RIGHT)
    learner.run(ANSWER)
    learner.run(CHECK)
    panel = learner.panel("Correct")
    learner.look("03-right")
    assert "2 of 2 points" in panel


def test_the_check_itself_cannot_be_edited(learner):
    before = learner.cell(CHECK).locator(".cm-content").inner_text()
    learner.write(CHECK, "print('full marks')")
    assert learner.cell(CHECK).locator(".cm-content").inner_text() == before


def test_a_slider_redraws_its_picture(learner):
    learner.page.locator(".jp-Notebook").press("Escape")
    learner.page.get_by_role("menuitem", name="Run", exact=True).click()
    learner.page.get_by_text("Run All Cells", exact=True).click()
    picture = learner.page.locator(".jupyter-widgets img").first
    picture.wait_for()
    before = picture.get_attribute("alt")
    handle = learner.page.locator(".jupyter-widgets .noUi-handle").first
    handle.focus()
    assert handle.get_attribute("aria-label"), "a screen reader says nothing of the slider but its number"
    for _ in range(20):
        handle.press("ArrowRight")
    learner.page.wait_for_function(
        "before => document.querySelector('.jupyter-widgets img').alt !== before", arg=before
    )
    handle.scroll_into_view_if_needed()  # not the picture, which may just be redrawn for the last presses
    learner.page.screenshot(path=SCREENSHOTS / "04-slider.png")


REACHED = """() => [...document.querySelectorAll('.jp-Notebook .jp-OutputArea img')].map(image => {
    let box = image.parentElement;
    while (getComputedStyle(box).overflowX !== 'auto' || box.scrollWidth <= box.clientWidth + 1) {
        if (box.classList.contains('jp-OutputArea')) return [image.width, parseInt(image.style.minWidth), false];
        box = box.parentElement;
    }
    return [image.width, parseInt(image.style.minWidth), box.getBoundingClientRect().right <= window.innerWidth + 1];
})"""


def test_in_a_narrow_window_figures_stay_readable_and_scroll_sideways(learner):
    """Those of sliders too: none is smaller than its letters allow, and what hangs out can be reached."""
    learner.page.set_viewport_size({"width": 700, "height": 900})
    figures = learner.page.evaluate(REACHED)
    learner.page.screenshot(path=SCREENSHOTS / "05-narrow.png")
    learner.page.set_viewport_size({"width": 1200, "height": 900})
    wide = [reached for _, least, reached in figures if least > 400]
    assert len(wide) >= 3 and all(wide)
    assert all(width >= least for width, least, _ in figures)
