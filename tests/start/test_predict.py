"""A prediction from the question to the result: kept, told, counted once, and never in the way."""

import json

import pytest

from course_utils.exercises import Choice, Lesson, Option, using
from course_utils.notebook import predictions, progress
from course_utils.notebook.context import Notebook

QUESTION = Choice(
    "sum", "What is 1 + 1?", [Option("a", "2", "One and one."), Option("b", "11", "That joins texts.")], "a",
    measured=lambda total: "a" if total == 2 else "b",
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(progress, "_unsaved", [])
    return tmp_path / "home"


@pytest.fixture
def lesson():
    with using(Notebook()):
        yield Lesson("01_neuron", "One neuron", [], [QUESTION])


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr("IPython.get_ipython", object)
    monkeypatch.setattr("IPython.display.display", lambda thing, metadata=None: outputs.append((thing, metadata)))
    return outputs


def test_run_all_without_an_answer_tells_the_result_kindly(lesson, shown, home):
    lesson.predict("sum")
    lesson.reveal("sum", 2)
    (_, _), (panel, metadata) = shown
    assert repr(panel).startswith("○ It is a: 2.\n  One and one.") and predictions.UNASKED in repr(panel)
    assert metadata is None and not home.exists(), "there is nothing to remember"


def test_what_was_said_is_told_beside_what_came_out(lesson, shown):
    lesson.predict("sum", "b", 80)
    lesson.reveal("sum", 2)
    (noted, _), (panel, metadata) = shown
    assert repr(noted) == "Noted: b: 11, 80 % sure. Now run the next cell."
    assert "You said b: 11 (80 % sure). It is a: 2." in repr(panel) and "joins texts" in repr(panel)
    assert "a second look" in repr(panel), "a sure and wrong prediction is pointed at"
    assert metadata == {"prediction": {"id": "sum", "said": "b", "sure": 80}}


def test_it_outlives_the_kernel_and_counts_once(lesson, shown):
    lesson.predict("sum", "b", 60)
    lesson.predict("sum", "a", 70)
    lesson.reveal("sum", 2)
    lesson.predict("sum")
    lesson.reveal("sum", 2)
    assert [(e["said"], e["sure"], e["right"]) for e in progress.answers("prediction")] == [
        ("b", 60, None),
        ("a", 70, None),
        ("a", 70, True),
    ]
    assert repr(shown[-1][0]).startswith("✓ You said a: 2 (70 % sure). So it is.")


def test_a_second_prediction_after_the_result_is_told_too(lesson, shown):
    for said in ("b", "a"):
        lesson.predict("sum", said)
        lesson.reveal("sum", 2)
    assert repr(shown[-1][0]).startswith("✓ You said a: 2.")


@pytest.mark.parametrize("variable", ["NBGRADER_EXECUTION", "COURSE_GRADING"])
def test_grading_neither_asks_nor_tells_nor_writes(lesson, shown, home, monkeypatch, variable):
    monkeypatch.setenv(variable, "1")
    lesson.predict("sum")
    lesson.predict("sum", "a", 80)
    lesson.reveal("sum", 2)
    assert not shown and not home.exists()


def test_where_nothing_can_be_written_the_prediction_lasts_as_long_as_the_kernel(lesson, shown, home, capsys):
    home.write_text("a file, where a folder is wanted")
    lesson.predict("sum", "a", 90)
    lesson.reveal("sum", 2)
    assert "not saved" in capsys.readouterr().out
    assert repr(shown[-1][0]).startswith("✓ You said a: 2 (90 % sure).")


FOREIGN = [
    {"said": "z"},
    {"said": []},
    {"sure": "very"},
    {"sure": 1000},
    {"right": "yes"},
    {"at": "now"},
    {"lesson": "x"},
]


@pytest.mark.parametrize("change", FOREIGN)
def test_a_record_of_another_form_is_passed_over(lesson, shown, home, change):
    entry = {"kind": "prediction", "lesson": "01_neuron", "question": "sum", "said": "a", "sure": None, "right": None}
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "other.jsonl").write_text(json.dumps({**entry, "at": 1.0, **change}))
    lesson.reveal("sum", 2)
    assert repr(shown[-1][0]).startswith("○ It is a: 2.")


def test_answers_and_points_lie_side_by_side(lesson, shown):
    progress.record("01_neuron", "x", 1, 1, "passed")
    lesson.predict("sum", "a")
    assert list(progress.read()["01_neuron"]) == ["x"] and len(progress.answers("prediction")) == 1
    assert progress.answers("quiz") == []


def settled(lesson, count, right, sure, question="q"):
    for number in range(count):
        progress.record_answer("prediction", lesson, f"{question}{number}", "a", sure, number < right)


def test_calibration_says_nothing_of_a_few():
    settled("01_neuron", 4, 4, 90)
    assert predictions.calibration() == ""


@pytest.mark.parametrize(
    ("right", "advice"),
    [(3, ", fewer than the 9 that you expected: be less sure"), (8, ""), (10, "")],
)
def test_calibration_compares_how_sure_with_how_right(right, advice):
    settled("01_neuron", 10, right, 90)
    settled("02_activations", 3, 0, 60)
    assert predictions.calibration().splitlines() == [
        f"Predictions: {right} of 13 right",
        f"  90 % sure or more     {right} of 10 right{advice}",
    ]


def test_who_is_right_more_often_than_they_think_is_told_too():
    settled("01_neuron", 12, 12, 50)
    assert predictions.calibration().endswith("12 of 12 right, more than the 6 that you expected: trust yourself more")


def test_only_what_was_said_before_the_first_result_counts_and_what_is_open_does_not():
    settled("01_neuron", 5, 0, 80)
    settled("01_neuron", 5, 5, 80)
    progress.record_answer("prediction", "01_neuron", "open", "a", 80)
    assert predictions.calibration().startswith("Predictions: 0 of 5 right")


def test_an_unknown_prediction_is_named_with_those_there_are(lesson):
    with pytest.raises(KeyError, match="it has: sum"):
        lesson.predict("sun")
