"""The instructor's page: what it counts, what it says, and that it needs nothing else."""

from __future__ import annotations

import re
from html import unescape

import pytest

from autograder.assignment import TrustedCell
from autograder.errors import UsageError
from autograder.records.assignments import load_assignment
from autograder.records.gradebook import GradebookWriter
from autograder.records.ledger import Ledger
from autograder.reporting.charts import score_bins
from autograder.reporting.misconceptions import known_mistakes
from autograder.reporting.report import page, write_report
from autograder.reporting.written import written_answers
from autograder.results import ExerciseResult, HumanGrade, Standing, SubmissionResult
from course_utils import lessons
from tests.grader import made, toy
from tests.grader.test_feedback import _Tags


def standing(student, *results, status="graded", reason="", late=0.0):
    result = SubmissionResult(student, status, reason, seconds_late=late, exercises=results)
    return Standing(result, grades={("n", e.id): HumanGrade(e.score, False, e.status == "manual") for e in results})


def relu(score, status, mistake=None):
    return ExerciseResult("relu", score, 2.0, status, mistake)


CLASS = [
    standing("ann", relu(2, "passed")),
    standing("bob", relu(0, "wrong", "absolute-value")),
    standing("cat", relu(1, "partial", "step")),
    standing("dan", relu(0, "wrong", "absolute-value"), status="late", late=60),
    standing("eve", relu(0, "missing"), status="invalid", reason="damaged <JSON>"),
]


def text_of(html):
    """What can be read on the page, pictures apart."""
    html = re.sub(r"<(svg|style|title).*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_mistakes_are_counted_with_their_hints_most_frequent_first():
    found = known_mistakes("02_activations", [s.result for s in CLASS])
    hints = {m.name: m.hint for m in lessons.load("02_activations")["relu"].mistakes}
    assert [(m.exercise, m.name, m.students) for m in found] == [
        ("relu", "absolute-value", ("bob", "dan")), ("relu", "step", ("cat",)),
    ]  # fmt: skip
    assert [m.hint for m in found] == [hints["absolute-value"], hints["step"]]


def test_the_page_says_where_a_test_was_judged_and_in_which_of_two_notebooks():
    own = ExerciseResult("relu", 2.0, 2.0, "passed", notebook="a")
    there = ExerciseResult("relu", 0.0, 2.0, "wrong", notebook="b", in_process=True)
    text = text_of(page("homework", [standing("ann", own, there)], {}))
    assert "relu (a) 100 %" in text and "relu (b) judged in the student's process 0 %" in text


def test_the_page_says_what_it_counts():
    text = text_of(page("02_activations", CLASS, {}))
    for words in (
        "5 submissions", "0.8 mean of 2 points", "0.5 median", "1 with full marks", "1 graded, handed in late",
        "1 correct, 1 partly right, 2 not yet", "25 %", "eve Could not be read damaged <JSON>", "bob, dan",
    ):  # fmt: skip
        assert words in text, words


def test_the_page_needs_nothing_else_and_runs_nothing():
    html = page("02_activations", CLASS, {})
    tags = _Tags(html)
    assert not {"script", "link", "img", "iframe"} & set(tags.tags)
    assert not [value for name, value in tags.attributes if name in ("src", "href")]
    pictures = re.findall(r"<svg[^>]*>", html)
    assert all('aria-label="' in svg or "aria-hidden" in svg for svg in pictures)
    assert "Histogram of 4 scores. 0 to 0.2 points: 2" in html


def test_many_names_are_folded():
    many = [standing(f"s{i:02}", relu(0, "wrong", "step")) for i in range(15)]
    assert "s11 and 3 more" in page("02_activations", many, {})


RELU = TrustedCell("relu-answer", "02_activations", "code", "# YOUR CODE HERE", "answer")


@pytest.mark.parametrize(("alone", "grouped"), [(3, False), (8, True)])
def test_what_single_students_did_is_grouped_by_exercise_when_it_is_much(alone, grouped):
    names = [mistake.name for mistake in lessons.load("02_activations")["relu"].mistakes]
    several = [standing(f"a{i}", relu(0, "wrong", names[0])) for i in range(3)]
    text = text_of(page("02_activations", several + [
        standing(f"s{i}", relu(0, "wrong", name)) for i, name in enumerate(names[1 : 1 + alone])
    ], {}))  # fmt: skip
    assert f"3 students ReLU {names[0]}" in text
    assert (f"by exercise: {alone} mistakes ReLU: {alone} 1 student" in text) is grouped
    assert all(f"1 student ReLU {name}" in text for name in names[1 : 1 + alone])


def test_the_distribution_comes_before_the_mistakes_and_an_answer_is_shown_folded():
    answers = {"bob": "np.abs(x)  # <b>not relu</b>\nand\nmore", "dan": "abs(<b>x)"}
    html = page("02_activations", CLASS, {RELU: answers})
    assert html.index("<h2>Scores</h2>") < html.index("<h2>What to teach again</h2>")
    assert "<details><summary>One of the answers</summary><pre>abs(&lt;b&gt;x)</pre></details>" in html
    assert "not relu" not in html


def test_the_answers_are_the_students_own_and_stubs_are_left_out(toy_course):
    assignment = load_assignment(toy_course, "toy")
    mine = toy.fill(toy.released(), double=toy.ANSWERS["double"])
    results = [made.result(assignment, toy.submit(toy_course.root, "ann", mine), "ann")]
    found = {cell.grade_id: answers for cell, answers in written_answers(assignment, results).items()}
    assert found == {"total-answer": {}, "double-answer": {"ann": toy.ANSWERS["double"]}, "why": {}}


def test_names_are_text():
    assert "<b>x" not in page("02_activations", [standing("<b>x", relu(0, "wrong", "step"))], {})


@pytest.mark.parametrize(
    ("scores", "full", "counts"),
    [
        ([0, 10, 9.99], 10, [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]),
        ([0.1 * 3 * 7], 7, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
        ([0, 0], 0, [2, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ([], 10, [0] * 10),
    ],
)
def test_score_bins(scores, full, counts):
    assert [count for *_, count in score_bins(scores, full)] == counts


def test_the_report_of_a_graded_course(toy_course, tmp_path):
    with pytest.raises(UsageError, match="Run `course grade toy` first"):
        write_report(str(toy_course.root), "toy", None)
    made.write(toy_course, "ann", made.exercise("double", 2.5))
    assignment = load_assignment(toy_course, "toy")
    folder = toy_course.root / "submitted" / "ann" / "toy"
    result = made.result(assignment, folder, "ann", made.exercise("double", 2.5))
    Ledger(toy_course.state / "ledger" / "toy.jsonl").add("ann", "key", result)
    Ledger(toy_course.state / "ledger" / "toy.jsonl").add("gone", "key", result)  # its submission is not there
    target = write_report(str(toy_course.root), "toy", str(tmp_path / "report.html"))
    text = text_of(target.read_text())
    assert "ann An answer to read why" in text
    assert "3.5 of 7" in text
    with pytest.raises(UsageError, match="no folder"):
        write_report(str(toy_course.root), "toy", str(tmp_path / "no" / "report.html"))


def test_a_persons_points_count_in_the_report(toy_course):
    from nbgrader.api import Gradebook

    made.write(toy_course, "ann")
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.find_grade("why", "toy", "toy", "ann").manual_score = 2
        gradebook.db.commit()
    assignment = load_assignment(toy_course, "toy")
    result = made.result(assignment, toy.submit(toy_course.root, "ann", toy.honest()), "ann")
    with GradebookWriter(toy_course, assignment) as writer:
        text = text_of(page("toy", [writer.standing(result)], {}))
    assert "7 of 7" in text
    assert "An answer to read" not in text
