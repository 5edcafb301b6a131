"""A learner opens lesson 07, answers a question from an earlier lesson and one of the quiz, all by keyboard."""

import re
from pathlib import Path

import pytest

from course_utils import lessons
from tests.exercises.from_text import FROM_TEXT, numbers_in

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPENING, QUIZ = "lesson.recall()", "lesson.quiz()"
LESSON = lessons.load("07_numpy_mnist")


def run(page, text):
    cell = page.locator(".jp-CodeCell").filter(has_text=text).first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()
    return cell


def look(cell, name):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    cell.scroll_into_view_if_needed()
    cell.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture(scope="module")
def lesson(page, lab):
    """The page of lesson 07 with its set-up cell run."""
    page.goto(lab.format(notebook="07_numpy_mnist.ipynb"))
    page.locator(".jp-Notebook").wait_for()
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    run(page, "import course_utils")
    return page


def test_an_opening_question_is_answered_by_keyboard(lesson):
    cell = run(lesson, OPENING)
    field = cell.locator("input[type=text]").first
    field.wait_for()
    text = cell.locator(".jupyter-widgets strong").first.inner_text()
    look(cell, "06-recall")
    asked = next(item for item in lessons.load("06_backprop").by_hand if "computes z" in text or item.id in text)
    answer = FROM_TEXT[f"06_backprop/{asked.id}"](numbers_in(text.partition("Lesson 06: ")[2]), text)
    field.press_sequentially(", ".join(f"{number:g}" for number in answer))
    field.press("Tab")
    cell.get_by_role("button", name="This is my answer").first.press("Space")
    told = cell.locator("[role=status]", has_text="So it is.").first
    told.wait_for()
    assert "Lesson 06, section “Back through a dense layer”" in told.inner_text()
    look(cell, "07-recall-answered")


def test_a_quiz_question_is_answered_by_keyboard_and_tells_why(lesson):
    cell = run(lesson, QUIZ)
    question = LESSON.quiz_questions[0].question
    wrong = next(option for option in question.options if option.key != question.right)
    form = cell.locator(".jupyter-widgets.widget-vbox, .widget-vbox").filter(has_text=question.text).first
    form.locator("input[type=radio]").first.wait_for()
    form.locator("input[type=radio]").nth("abc".index(wrong.key)).press("Space")
    form.get_by_role("button", name="This is my answer").press("Space")
    told = form.locator("[role=status]")
    told.wait_for()
    look(form, "08-quiz-answered")
    assert "It comes back." in told.inner_text() and question[question.right].because[:30] in told.inner_text()


def test_who_changes_their_mind_while_the_kernel_is_busy_is_taken_at_the_last_word(lesson):
    busy = lesson.locator(".jp-CodeCell").filter(has_text="def split_data").first
    busy.locator(".cm-content").click()
    lesson.keyboard.press("ControlOrMeta+a")
    lesson.keyboard.insert_text("import time\n\ntime.sleep(6)  # def split_data")
    lesson.keyboard.press("Control+Enter")
    question = LESSON.quiz_questions[1].question
    first = next(option.key for option in question.options if option.key != question.right)
    form = lesson.locator(".widget-vbox").filter(has_text=question.text).first
    for key in (first, question.right):
        form.locator("input[type=radio]").nth("abc".index(key)).click()
    form.get_by_role("button", name="This is my answer").click()
    told = form.locator("[role=status]")
    told.wait_for()
    assert f"You said {question.right}" in told.inner_text()
