"""A prediction in JupyterLab: given with the keyboard alone, told beside the result, and kept in the saved notebook."""

import re

import pytest

from tests.lab.conftest import MILLISECONDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def cells(page, lab):
    page.goto(lab.format(notebook="01_neuron.ipynb"))
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    shown = page.locator(".jp-Notebook .jp-CodeCell")
    run(page, shown.first)
    return shown


def run(page, cell):
    cell.locator(".jp-InputPrompt").click()
    page.keyboard.press("Shift+Enter")


def focus(page, button):
    """Give a button the focus, once the form listens, which it does a moment after it is shown."""
    for _ in range(MILLISECONDS // 100):
        button.evaluate("button => { button.blur(); button.focus(); }")
        if button.get_attribute("data-lm-suppress-shortcuts"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the form does not keep its keys")


def test_the_keys_belong_to_the_form_and_the_answer_is_told_beside_the_result(page, cells):
    count = cells.count()
    ask = cells.filter(has_text='lesson.predict("star")')
    run(page, ask)
    buttons = ask.locator("input[type=radio]")
    buttons.first.wait_for()
    assert not any(button.is_checked() for button in buttons.all())
    focus(page, buttons.first)
    for key in ("Space", "ArrowDown", "Tab", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(1000)  # as a person does: the widget tells the kernel one change after the other
    ask.get_by_text("Noted: b: one number, 50 % sure.").wait_for()
    assert cells.count() == count, "a key went to JupyterLab"

    tell = cells.filter(has_text='lesson.reveal("star"')
    run(page, tell)
    panel = tell.get_by_role("status")
    panel.wait_for()
    assert "You said b: one number (50 % sure). It is a: three numbers." in panel.inner_text()
    assert "does not add up" in panel.inner_text(), "what was said gets its own reason"


def test_a_typed_answer_is_taken(page, cells):
    ask = cells.filter(has_text='lesson.predict("xor-neurons"')
    ask.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type('lesson.predict("xor-neurons", "b", 90)')
    page.keyboard.press("Shift+Enter")
    ask.get_by_text("Noted: b: three, 90 % sure.").wait_for()


def test_a_knob_is_turned_by_the_arrow_keys_and_the_best_is_kept(page, cells):
    game, count = cells.filter(has_text=re.compile(r"^\s*(\[.*\]:)?\s*six_points\(\)")), cells.count()
    run(page, game)
    knob = game.locator(".noUi-handle").first
    knob.wait_for()
    knob.focus()
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    game.locator("img[alt*='The weights are 4 and 0'][alt*='Best so far: 3.84, with 4, 0, 0']").wait_for()
    page.keyboard.press("ArrowLeft")
    game.locator("img[alt*='The weights are 3.75 and 0'][alt*='Best so far: 3.84']").wait_for()
    assert cells.count() == count, "a key went to JupyterLab"
