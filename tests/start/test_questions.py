"""The form of a question: what may be answered, the widgets and the typed line, and what is told of an answer."""

import importlib

import pytest

from course_utils.exercises import Answer, Choice, Near, Number, Option
from course_utils.notebook import asking
from course_utils.notebook.question_panel import Note, QuestionPanel, VerdictPanel

explore = importlib.import_module("course_utils.plots.explore")
PRODUCT = Choice(
    "product",
    "How many numbers does `a * b` give?",
    [
        Option("a", "three", "Each number meets the one at its own place."),
        Option("b", "one", "One number comes from `a @ b`."),
        Option("c", "an error", "Both have the shape (3,)."),
    ],
    right="a",
    measured=lambda count: {3: "a", 1: "b"}[count],
)
SHARE = Number(
    "share",
    "How many per cent?",
    right=30,
    within=2,
    because=lambda share: f"It gave {share:.1f}.",
    near=[Near(70, "That is the rest.")],
    measured=float,
    unit="%",
)


@pytest.mark.parametrize("said", ["b", "B", " b) ", "b."])
def test_a_letter_may_be_written_as_people_do(said):
    assert PRODUCT.answer(said) == Answer("b")


@pytest.mark.parametrize("said", [12, "12", "12.0", "12 %", "12,0"])
def test_a_number_may_be_written_as_people_do(said):
    assert SHARE.answer(said, "80 %") == Answer(12.0, 80)


@pytest.mark.parametrize("said", ["d", "", "ab", 1, True, None, [], {}, b"a", "a" * 10**6])
def test_what_is_no_letter_is_refused_with_those_that_are(said):
    with pytest.raises(ValueError, match="a, b, c"):
        PRODUCT.answer(said)


@pytest.mark.parametrize("said", ["many", "", True, None, [], "nan", "inf", 10**400, "1e999", float("nan")])
def test_what_is_no_number_is_refused(said):
    with pytest.raises(ValueError, match="number, such as"):
        SHARE.answer(said)


@pytest.mark.parametrize("sure", [-1, 101, "very", True, [], float("nan"), "1e400"])
def test_how_sure_is_a_percentage(sure):
    with pytest.raises(ValueError, match="0 to 100"):
        PRODUCT.answer("a", sure)


@pytest.mark.parametrize(
    ("options", "right"),
    [("ab", "c"), ("a", "a"), ("ba", "a"), ("aab", "a")],
    ids=["no right", "one", "order", "twice"],
)
def test_a_choice_that_cannot_be_answered_does_not_load(options, right):
    with pytest.raises(ValueError, match="one of them is right"):
        Choice("x", "?", [Option(key, "text", "reason") for key in options], right)


def test_what_was_measured_decides_and_not_the_table():
    verdict = PRODUCT.verdict(Answer("b"), 1)
    assert (verdict.truth, verdict.right, verdict.yours) == ("b", True, "")
    assert [text for text, _ in verdict.others] == ["a: three", "c: an error"]


def test_a_wrong_option_is_told_why():
    verdict = PRODUCT.verdict(Answer("b", 80), 3)
    assert verdict.headline == "You said b: one (80 % sure). It is a: three."
    assert (verdict.right, verdict.because) == (False, "Each number meets the one at its own place.")
    assert verdict.yours == "One number comes from `a @ b`."
    assert verdict.others == (("c: an error", "Both have the shape (3,)."),)


@pytest.mark.parametrize(
    ("said", "right", "yours"),
    [(31, True, ""), (70, False, "That is the rest."), (69, False, "That is the rest."), (50, False, "")],
)
def test_a_number_is_right_when_near_and_a_known_thought_is_named(said, right, yours):
    verdict = SHARE.verdict(Answer(said), 29.5)
    assert (verdict.right, verdict.yours, verdict.because) == (right, yours, "It gave 29.5.")


def test_without_an_answer_the_truth_is_told_anyway():
    verdict = SHARE.verdict(None, 29.5)
    assert (verdict.right, verdict.headline) == (None, "It is 29.5 %.")


@pytest.fixture
def shown(monkeypatch):
    """What was displayed, in a shell that displays."""
    outputs = []
    monkeypatch.setattr("IPython.get_ipython", object)
    monkeypatch.setattr("IPython.display.display", lambda thing, **options: outputs.append(thing))
    return outputs


def verdict_on(question, *measured):
    return lambda answer: VerdictPanel(question.verdict(answer, *measured))


def test_where_nothing_is_live_the_question_says_what_to_type(shown):
    asking.ask(PRODUCT, 'lesson.predict("product"', verdict_on(PRODUCT, 3), sure=True)
    (panel,) = shown
    assert isinstance(panel, QuestionPanel)
    for text in (repr(panel), panel._repr_html_().replace("&nbsp;", " ")):
        assert 'lesson.predict("product", "a", 80)' in text and "c  an error" in text


def test_a_typed_answer_is_taken_and_a_wrong_one_explained(shown):
    for typed in (("a",), ("z", 80), ("a", 300)):
        asking.ask(PRODUCT, "lesson.predict(", verdict_on(PRODUCT, 3), typed)
    right, letter, sure = shown
    assert repr(right).startswith("✓ You said a: three. So it is.")
    assert isinstance(letter, Note) and letter.fault and isinstance(sure, Note) and sure.fault


@pytest.mark.parametrize("variable", ["NBGRADER_EXECUTION", "COURSE_GRADING"])
def test_nobody_is_asked_while_grading(variable, monkeypatch, shown):
    monkeypatch.setenv(variable, "1")
    answers = []
    asking.ask(PRODUCT, "lesson.predict(", answers.append)
    asking.ask(PRODUCT, "lesson.predict(", answers.append, ("a",))
    assert not shown and not answers


@pytest.fixture
def form(monkeypatch, shown):
    """Makes the form of a question as in a notebook with a reader; gives its widgets by what they are."""
    pytest.importorskip("ipywidgets")
    monkeypatch.setattr(asking, "live", lambda: True)
    boxes = []
    monkeypatch.setattr(asking, "show_widget", lambda widget, still: boxes.append((widget, still)))

    def made(question, answered, sure):
        asking.ask(question, "lesson.predict(", answered, sure=sure)
        box, still = boxes.pop()
        assert isinstance(still, QuestionPanel)
        _, field, row, said = box.children
        return field, *row.children, said

    return made


def test_the_form_takes_a_choice_and_how_sure(form):
    field, how_sure, button, said = form(PRODUCT, verdict_on(PRODUCT, 3), sure=True)
    assert field.value is None, "nothing may be chosen beforehand"
    button.click()
    assert "Give an answer first" in said.value
    assert how_sure.index == 0, "the page shows a blank field"
    field.value, how_sure.value = "b", 80
    button.click()
    assert "You said b: one (80 % sure)" in said.value and "a @ b" in said.value


def test_the_form_takes_a_number(form):
    field, button, said = form(SHARE, verdict_on(SHARE, 30), sure=False)
    field.value = "lots"
    button.click()
    assert "number, such as" in said.value
    field.value = "70"
    button.click()
    assert "That is the rest." in said.value


def test_what_stands_in_a_panel_is_text_and_no_page():
    question = Choice("x", "<b>?", [Option("a", "<i>", "<u>"), Option("b", "<s>", "<q>")], "a")
    for panel in (QuestionPanel(question, "<p>"), VerdictPanel(question.verdict(Answer("b"))), Note("<em>")):
        assert not any(f"<{tag}>" in panel._repr_html_() for tag in "biusq") and "<em>" not in panel._repr_html_()
