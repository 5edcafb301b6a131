"""The opening of a lesson and its quiz: what is asked, what is kept, what comes back, and nothing in the way."""

import importlib
import json
import re
from datetime import date, timedelta

import pytest

from course_utils import lessons
from course_utils.exercises import using
from course_utils.notebook import asking, progress, recall
from course_utils.notebook.context import Notebook
from course_utils.notebook.question_panel import QuestionPanel, VerdictPanel
from course_utils.notebook.review import NEVER, review, waiting

explore = importlib.import_module("course_utils.plots.explore")
TODAY = date.today()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr("IPython.get_ipython", object)
    monkeypatch.setattr("IPython.display.display", lambda thing, metadata=None, raw=False: outputs.append(thing))
    with using(Notebook()):
        yield outputs


def asked_in(lesson):
    """The keys and questions of an opening, as they are asked now."""
    keys = recall.chosen(lesson, recall.answers())
    return keys, [recall.asked(key, lesson).question for key in keys]


def answer(lesson, number, right=True):
    """Type the answer that the question itself knows, or one that is wrong."""
    _, questions = asked_in(lesson)
    question = questions[number - 1]
    said = question.right if right else wrong(question)
    lessons.load(lesson).recall(number, said)


def wrong(question):
    if isinstance(question.right, str):
        return next(option.key for option in question.options if option.key != question.right)
    return [n + 1 for n in question.right] if isinstance(question.right, tuple) else question.right + 1


@pytest.mark.parametrize(
    ("lesson", "froms"),
    [
        ("02_activations", ["01", "01", "01"]),
        ("03_layers", ["02", "01", "01"]),
        ("05_gradient_descent", ["04", "02", "01"]),
        ("08_optimizers", ["07", "05", "01"]),
        ("20_deployment", ["18", "16", "12"]),
    ],
)
def test_the_questions_are_from_one_three_and_seven_lessons_ago(lesson, froms):
    keys, _ = asked_in(lesson)
    assert [key[:2] for key in keys] == froms and len(set(keys)) == 3


def test_the_first_lessons_have_nothing_to_ask(shown):
    lessons.load("01_neuron").recall()
    assert [repr(panel) for panel in shown] == [recall.NOTHING]


def test_run_all_shows_three_questions_and_keeps_nothing(shown, home):
    lessons.load("05_gradient_descent").recall()
    assert [type(panel) for panel in shown] == [QuestionPanel] * 3
    assert "lesson.recall(2, " in repr(shown[1]) and "Lesson 02" in repr(shown[1])
    assert "The answer</summary>" in shown[0]._repr_html_() and not home.exists()


def test_an_answer_is_judged_kept_and_told_when_the_cell_runs_again(shown, home):
    answer("05_gradient_descent", 1)
    answer("05_gradient_descent", 2, right=False)
    good, bad = map(repr, shown)
    assert good.startswith("✓") and bad.startswith("→") and bad.endswith("It comes back.")
    assert re.search(r"Lesson 02, section “.+”", bad)
    kept = [json.loads(line) for file in (home / "progress").iterdir() for line in file.read_text().split("\n") if line]
    assert [(entry["kind"], entry["lesson"], entry["right"]) for entry in kept] == [
        ("recall", "05_gradient_descent", True),
        ("recall", "05_gradient_descent", False),
    ]
    shown.clear()
    lessons.load("05_gradient_descent").recall()
    assert "✓" in repr(shown[0]) and "→" in repr(shown[1]) and "section" not in repr(shown[2])


def test_only_the_first_answer_counts_and_the_questions_stay(shown):
    before = asked_in("05_gradient_descent")
    for right in (False, True, True):
        answer("05_gradient_descent", 1, right)
    assert [entry["right"] for entry in recall.answers()] == [False]
    assert "first answer counts" in repr(shown[-1])
    answer("04_losses", 1, right=False)
    assert asked_in("05_gradient_descent") == before


def test_what_was_missed_comes_back_with_other_numbers_and_leaves_when_it_is_known(shown):
    (first, *_), (old, *_) = asked_in("05_gradient_descent")
    answer("05_gradient_descent", 1, right=False)
    (again, *others), (new, *_) = asked_in("06_backprop")
    assert again == first and new.text != old.text and [key[:2] for key in others] == ["05", "03"]
    answer("06_backprop", 1)
    assert first not in asked_in("07_numpy_mnist")[0]


def test_all_missed_still_leaves_room_for_the_lesson_before(shown):
    for number in (1, 2, 3):
        answer("05_gradient_descent", number, right=False)
    keys, _ = asked_in("06_backprop")
    assert [key[:2] for key in keys] == ["04", "02", "05"]


def test_a_question_that_was_asked_gives_way_to_another_of_its_lesson(shown):
    keys, _ = asked_in("03_layers")
    answer("03_layers", 2)
    assert keys[1] not in asked_in("04_losses")[0]


def test_the_quiz_is_answered_by_letter_and_a_miss_comes_back_in_the_next_lesson(shown):
    lesson = lessons.load("05_gradient_descent")
    question = lesson.quiz_questions[1].question
    lesson.quiz(2, wrong(question))
    (panel,) = shown
    assert isinstance(panel, VerdictPanel) and question[question.right].because in repr(panel)
    assert f"05_gradient_descent/{question.id}" in asked_in("06_backprop")[0]


@pytest.mark.parametrize(
    "typed",
    [
        (0, 1),
        (4, 1),
        ("one", 1),
        (True, "x"),
        (1, "many"),
        (1, []),
        (1, [1] * 99),
        (None, 3),
        (None, [1, 2]),
        ([1, 2], 1),
    ],
)
def test_what_cannot_be_an_answer_is_told_and_nothing_is_kept(typed, shown):
    lessons.load("05_gradient_descent").recall(*typed)
    lessons.load("05_gradient_descent").quiz(*typed)
    assert shown and recall.answers() == []


@pytest.mark.parametrize("name", ["NBGRADER_EXECUTION", "COURSE_GRADING"])
def test_while_grading_nothing_is_shown_or_kept(name, shown, monkeypatch, home):
    monkeypatch.setenv(name, "1")
    for call in (lessons.load("05_gradient_descent").recall, lessons.load("05_gradient_descent").quiz):
        call()
        call(1, "a")
    assert shown == [] and not home.exists()


def test_buttons_where_somebody_is_at_the_notebook(shown, monkeypatch):
    monkeypatch.setattr("course_utils.notebook.asking.live", lambda: True)
    lessons.load("05_gradient_descent").recall()
    lessons.load("05_gradient_descent").quiz()
    assert all(explore.VIEW in output for output in shown) and len(shown) == 3 + 4


def test_an_answer_of_a_question_that_the_course_has_no_more_is_passed_over(shown):
    progress.record_answer("recall", "05_gradient_descent", "02_activations/gone", "a", right=False)
    progress.record_answer("quiz", "99_gone", "99_gone/x", "a", right=False)
    progress.record_answer("recall", "06_backprop", "05_gradient_descent/gradient-step", "seven", right=False)
    lessons.load("06_backprop").recall()
    assert len(shown) == 3
    assert "Nothing more is due" in reviewed([])[-1]


def test_a_record_that_cannot_be_read_is_told_and_the_lesson_goes_on(shown, home, capsys):
    (home / "progress" / "folder.jsonl").mkdir(parents=True)
    lessons.load("05_gradient_descent").recall()
    assert len(shown) == 3 and "earlier answers were not read" in capsys.readouterr().out


def reviewed(lines, days=0):
    """What `course review` says to somebody who types these lines, so many days from now."""
    said, typed = [], iter(lines)

    def read(prompt):
        line = next(typed, None)
        if line is None:
            raise EOFError
        said.append(prompt)
        return line

    review(read, said.append, TODAY + timedelta(days=days))
    return said


def test_a_review_says_when_there_is_nothing(shown):
    assert reviewed([]) == [NEVER]
    answer("05_gradient_descent", 1)
    assert reviewed([]) == ["Nothing more is due today. The next question comes in 3 days."]
    answer("05_gradient_descent", 2, right=False)
    assert reviewed([])[-1].endswith("The next question comes tomorrow.")


def test_what_is_due_is_told_with_the_points(shown):
    answer("05_gradient_descent", 2, right=False)
    assert waiting(TODAY) == "" and waiting(TODAY + timedelta(days=1)) == "1 question is due: course review"


def test_a_review_asks_what_is_due_and_remembers(shown):
    answer("05_gradient_descent", 2, right=False)
    (key,) = [entry["question"] for entry in recall.answers()]
    right = recall.asked(key, "review 1").question.right
    said = reviewed(["nonsense", str(right)], days=1)
    assert said[0].startswith("1 question is due") and "Lesson 02" in said[1]
    assert any("Please answer with" in text for text in said) and any(text.startswith("✓") for text in said)
    assert said[-1].startswith("\n1 of 1 right.")
    assert [entry["right"] for entry in recall.answers()] == [False, True]


@pytest.mark.parametrize(("lines", "left"), [(["q"], 2), ([], 2), (["", ""], 2), (["0"], 1)])
def test_a_review_may_be_left_at_any_question(lines, left, shown):
    answer("05_gradient_descent", 1, right=False)
    answer("05_gradient_descent", 2, right=False)
    said = reviewed(lines, days=5)
    assert said[0].startswith("2 questions are due")
    assert len(recall.answers()) == 2 + (2 - left)


def test_a_number_is_sent_whole_however_busy_the_kernel_is():
    question = recall.asked("01_neuron/weighted-sum", "x").question
    assert asking._field(question).continuous_update is False
