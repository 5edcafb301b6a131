"""What a class predicted: read from hostile notebooks, shown as counts, never as what a student wrote."""

import json

import pytest

from autograder.assignment import Assignment, TrustedCell
from autograder.demo_class import NAMES, MadeUp, _predicted
from autograder.reporting.predicted import TYPED, predicted_by, predictions_section
from course_utils import lessons
from course_utils.exercises import Answer

LESSON = "03_layers"  # one choice, upright-bias, and one number, without-relu
SETUP = f'import course_utils\nlesson = course_utils.start("{LESSON}")'
ANSWER = "def dense(x, W, b):\n    return x @ W + b"
ASSIGNMENT = Assignment(
    LESSON,
    {
        LESSON: [
            TrustedCell("setup", LESSON, "code", SETUP, "readonly"),
            TrustedCell("dense-answer", LESSON, "code", "def dense(x, W, b): ...", "answer"),
        ]
    },
)


def cell(source, *predictions, grade_id=None):
    outputs = [{"output_type": "display_data", "data": {}, "metadata": {"prediction": told}} for told in predictions]
    nbgrader = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": "code", "source": source, "metadata": nbgrader, "outputs": outputs, "execution_count": None}


@pytest.fixture
def read(tmp_path):
    """What is read of one student whose notebook holds these cells more."""

    def read_cells(*cells):
        folder = tmp_path / "ann"
        folder.mkdir(exist_ok=True)
        own = [cell(SETUP, grade_id="setup"), cell(ANSWER, grade_id="dense-answer"), *cells]
        notebook = {"cells": own, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (folder / f"{LESSON}.ipynb").write_text(json.dumps(notebook))
        return {id: said.get("ann") for id, said in predicted_by({"ann": folder}, ASSIGNMENT).items()}

    return read_cells


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('lesson.predict("upright-bias", "c", 80)', Answer("c", 80)),
        ("lesson.predict('upright-bias', 'C')", Answer("c")),
        ('x = 1\nlesson.predict( "upright-bias" , "b" , sure=95 )  # I think', Answer("b", 95)),
        ('lesson.predict("upright-bias", "c", "80")', Answer("c", 80)),
    ],
)
def test_a_typed_choice_is_read(read, source, said):
    assert read(cell(source)) == {"upright-bias": said, "without-relu": None}


@pytest.mark.parametrize(("typed", "said"), [("-9", -9.0), ('"-9,0"', -9.0), ("1e2", 100.0)])
def test_a_typed_number_is_read(read, typed, said):
    assert read(cell(f'lesson.predict("without-relu", {typed}, 60)'))["without-relu"] == Answer(said, 60)


def test_what_the_widget_took_is_read_from_the_output_and_goes_first(read):
    told = {"id": "upright-bias", "said": "a", "sure": 70}
    found = read(cell('lesson.predict("upright-bias", "c")'), cell("demo", told))
    assert found["upright-bias"] == Answer("a", 70)


HOSTILE = [
    {"id": "upright-bias", "said": "<script>alert(1)</script>"},
    {"id": "upright-bias", "said": "z"},
    {"id": "upright-bias", "said": ["c"]},
    {"id": "upright-bias", "said": "c", "sure": 10**30},
    {"id": ["upright-bias"], "said": "c"},
    {"id": {}, "said": "c"},
    {"id": "no-such", "said": "c"},
    {"id": "without-relu", "said": "c"},
    {"id": "without-relu", "said": True},
    {"said": "c"},
    {},
    [],
    "c",
    None,
]


@pytest.mark.parametrize("told", HOSTILE, ids=repr)
def test_a_claim_that_no_question_knows_is_passed_over(read, told):
    assert set(read(cell("demo", told)).values()) == {None}


@pytest.mark.parametrize(
    "source",
    [
        'lesson.predict("upright-bias")',
        'lesson.predict("upright-bias", "<b>")',
        '# lesson.predict("upright-bias", "c")',
        'lesson.predict("upright-bias", ' + "(" * 10_000,
        'lesson.predict("upright-bias", "' + "c" * 100_000 + '")',
        'lesson.predict("upright-bias",' + " " * 100_000,
    ],
    ids=["open", "markup", "comment", "brackets", "long", "spaces"],
)
def test_a_source_that_answers_nothing_is_passed_over(read, source):
    assert set(read(cell(source)).values()) == {None}


@pytest.mark.parametrize("outputs", [None, "x", {}, [None], [{"metadata": 3}], [{"metadata": {"prediction": 1}}]])
def test_outputs_of_any_form_can_be_read(read, outputs):
    assert set(read({**cell("demo"), "outputs": outputs}).values()) == {None}


def test_a_submission_that_cannot_be_read_is_left_out(tmp_path):
    (tmp_path / f"{LESSON}.ipynb").write_text("{")
    assert predicted_by({"ann": tmp_path}, ASSIGNMENT) == {"upright-bias": {}, "without-relu": {}}


def test_the_page_counts_and_says_how_sure_they_were():
    said = {"upright-bias": {f"s{i}": Answer("acc"[i], 50 + 20 * i) for i in range(3)}}
    html = predictions_section(ASSIGNMENT, said)
    assert "✓ c: 3 stop with an error" in html and ">2 of 3<" in html and ">80 %<" in html
    assert "✓ a" not in html and ">1 of 3<" in html and ">0 of 3<" in html


def test_numbers_are_counted_by_what_they_mean():
    said = [Answer(-9.02), Answer(-4.0), Answer(1.0), Answer(77.0)]
    html = predictions_section(ASSIGNMENT, {"without-relu": dict(enumerate(said))})
    assert [words in html for words in ("✓ -9<", ">-4<", ">another number<")] == [True] * 3
    assert html.count(">1 of 4<") == 4 and "77" not in html


def test_a_few_answers_make_no_distribution():
    assert predictions_section(ASSIGNMENT, {"upright-bias": {"ann": Answer("a"), "bob": Answer("c")}}) == ""
    assert predictions_section(ASSIGNMENT, {"upright-bias": {}}) == ""


def test_what_a_made_up_class_types_can_be_read():
    for name in lessons.names():
        for id, question in lessons.load(name).predictions.items():
            said = [_predicted(question, MadeUp(student, "correct")) for student in NAMES[:12]]
            read = [question.answer(told.strip("'"), sure) for line in said for _, told, sure in TYPED.findall(line)]
            assert len(read) == 12 and 0 < sum(answer.said == question.right for answer in read) < 12, id
