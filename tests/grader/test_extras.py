"""Extra exercises: what they give is told everywhere, and adds to no total, nbgrader's neither."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import determine_grade

from autograder.build.rules import heading_rules, score_rules
from autograder.cells import grade_id_of
from autograder.course import open_course
from autograder.errors import JudgeLost
from autograder.grading.run import Options, grade
from autograder.judge.alone import checked
from autograder.records.assignments import load_assignment
from autograder.reporting.report import write_report
from autograder.selfcheck import table
from autograder.source import REPOSITORY
from course_utils import lessons
from course_utils.notebook import progress
from course_utils.notebook.map import CourseMap

NAME = "08_optimizers"
ANSWERS = {"ann": ("sgd", "nesterov"), "bob": ("sgd",)}
LESSON = lessons.load(NAME)
EXTRA = [(name, id) for name in lessons.names() for id in lessons.load(name).extras]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of two in lesson 08: one has solved the extra as well."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    shutil.copytree(REPOSITORY / "solutions" / NAME, folder / "solutions" / NAME)
    for student, ids in ANSWERS.items():
        notebook = json.loads((REPOSITORY / "lessons" / NAME / f"{NAME}.ipynb").read_text("utf-8"))
        written = {f"{id}-answer": LESSON[id].source_of(LESSON[id].variants[0]) for id in ids}
        for cell in notebook["cells"]:
            cell["source"] = written.get(grade_id_of(cell), cell["source"])
        (folder / "submitted" / student / NAME).mkdir(parents=True)
        (folder / "submitted" / student / NAME / f"{NAME}.ipynb").write_text(json.dumps(notebook), "utf-8")
    results, _ = grade(str(folder), NAME, Options(workers=1), say=lambda text: None)
    return folder, {result.student: result for result in results}


def test_an_extra_is_worth_nothing_in_the_total(course):
    _, results = course
    assert {s: (r.score, r.max_score, r.extra) for s, r in results.items()} == {"ann": (2, 20, 3), "bob": (2, 20, 0)}
    told = {e["id"]: e for e in results["ann"].to_json()["exercises"]}
    assert (told["nesterov"]["score"], told["nesterov"]["max_score"], told["nesterov"]["extra"]) == (0, 0, 3)
    assert told["nesterov"]["status"] == "passed" and "extra" not in told["sgd"]


def test_nbgrader_s_gradebook_has_a_cell_of_0_points(course):
    folder, _ = course
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        assert gradebook.find_assignment(NAME).max_score == 20
        assert [s.score for s in gradebook.assignment_submissions(NAME)] == [2, 2]
    cells = nbformat.read(folder / "autograded" / "ann" / NAME / f"{NAME}.ipynb", as_version=4).cells
    (cell,) = (cell for cell in cells if grade_id_of(cell) == "nesterov")
    assert determine_grade(cell) == (0, 0)


def test_students_and_instructors_read_of_it(course):
    folder, results = course
    assert "2 of 20, and 3 of 3 extra" in table(NAME, results["ann"])
    assert "2 of 20, and 0 of 3 extra" in table(NAME, results["bob"])
    page = (folder / "feedback" / "ann" / NAME / f"{NAME}.html").read_text("utf-8")
    assert "of 20 points, and 3 of 3 extra" in page and "3 of 3 extra points" in page
    report = write_report(str(folder), NAME, str(folder / "report.html")).read_text("utf-8")
    assert "1.5 of 3 extra" in report and "2 of 20, and 3 of 3 extra" in report


def test_no_judge_may_tell_of_more_than_there_are(course):
    folder, results = course
    ann, assignment = results["ann"], load_assignment(open_course(str(folder)), NAME)
    ann = replace(ann, notebooks={NAME: {}})
    assert checked(json.dumps(ann.to_record()).encode(), "ann", assignment).extra == 3
    for id, extra in (("nesterov", 4.0), ("sgd", 1.0)):
        forged = tuple(replace(e, extra=extra) if e.id == id else e for e in ann.exercises)
        with pytest.raises(JudgeLost, match="more extra points"):
            checked(json.dumps(replace(ann, exercises=forged).to_record()).encode(), "ann", assignment)
    for extra in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="extra points"):
            replace(ann.exercises[0], extra=extra)


def test_progress_and_the_map_tell_them_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    for id, points in (("sgd", 2), ("nesterov", 3)):
        progress.record(NAME, id, points, points, "passed")
    line = next(line for line in progress.summary().splitlines() if line.startswith(NAME))
    assert line.endswith("2 of 20 points, and 3 of 3 extra")
    row = next(line for line in repr(CourseMap(REPOSITORY / "lessons")).splitlines() if line.startswith("08 "))
    assert "2 of 20 points, and 3 of 3 extra" in row


@pytest.mark.parametrize(("lesson", "id"), EXTRA)
def test_the_lesson_says_that_it_is_extra_and_for_how_many_points(lesson, id):
    text = (REPOSITORY / "solutions" / lesson / f"{lesson}.py").read_text("utf-8")
    above = text[: text.index(f'"grade_id": "{id}-answer"')].rpartition("# ### ")[2]
    assert above.startswith("Extra") and "★★★★ · " in above
    assert f" · {lessons.load(lesson).extras[id]:g} extra points" in above


@pytest.fixture
def solution():
    return nbformat.read(REPOSITORY / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)


def test_the_build_refuses_an_extra_that_does_not_say_so(solution):
    assert not list(heading_rules(solution))
    (text,) = (cell for cell in solution.cells if "3 extra points" in cell.source)
    text.source = text.source.replace("3 extra points", "3 points")
    assert list(heading_rules(solution)) == [("nesterov", "the exercise's heading does not say how many extra points")]


def test_the_build_refuses_a_solution_that_fails_in_an_extra(solution):
    assert not list(score_rules(solution))
    (test,) = (cell for cell in solution.cells if grade_id_of(cell) == "nesterov")
    for output in test.outputs:
        if output.output_type == "display_data":
            output.data["text/plain"] = output.data["text/plain"].replace("✓ Nesterov", "✗ Nesterov")
    assert list(score_rules(solution)) == [("nesterov", "the solution does not pass this extra exercise")]
