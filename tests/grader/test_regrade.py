"""A test that was corrected after its release: said, taken on request, and what nbgrader has of it afterwards."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys

import nbformat
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import open_course
from autograder.errors import UsageError
from autograder.grading import run as grading
from autograder.records.assignments import load_assignment
from autograder.records.revision import cell_changes, text_changes
from autograder.reporting.export import read_lines
from autograder.reporting.report import write_report
from autograder.runner.sandbox.limits import Limits
from autograder.source import prepare_assignment
from tests.grader import toy

pytestmark = pytest.mark.usefixtures("loops_left_open")

LIMITS = Limits(check_seconds=3, cell_seconds=4, submission_seconds=30, memory_mb=1500)
THREE = "def double(x):\n    return 3 * x"  # wrong by the old test, right by the corrected one
NEW_TEST = toy.SOURCES["double"].replace("== 4", "== 6").replace("== -7", "== -10.5")


def edit(course, **changes):
    """Change the author's notebook: grade id -> its new source, points, or None to take the cell out."""
    path = course.root / "source" / "toy" / "toy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in list(notebook.cells):
        change = changes.get(cell.metadata.get("nbgrader", {}).get("grade_id", "").replace("-", "_"), "")
        if change is None:
            notebook.cells.remove(cell)
        elif isinstance(change, str):
            cell.source = change or cell.source
        else:
            cell.metadata.nbgrader.points = change
    nbformat.write(notebook, path)


def grade(course, name="toy", **options):
    """Grade, and give (student -> points by the autograder, what was said)."""
    said: list[str] = []
    options = grading.Options(limits=LIMITS, workers=1, **options)
    results, _ = grading.grade(str(course.root), name, options, said.append)
    return {result.student: result.score for result in results}, " ".join(said)


def nbgrader(course, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course.root, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


def exported(course):
    """Student -> (score, full score) by `nbgrader export`."""
    nbgrader(course, "export", "--to", "nbgrader.csv")
    with (course.root / "nbgrader.csv").open() as file:
        return {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}


def rows(course, *tables):
    """What stands in some tables of the gradebook."""
    with sqlite3.connect(course.gradebook_file) as database:
        return {table: sorted(map(repr, database.execute(f"select * from {table}"))) for table in tables}


@pytest.fixture(scope="module")
def graded_template(toy_template, tmp_path_factory):
    """Two students, graded by the old test; a person read ann's text, bob handed in late. Not to be changed."""
    root = shutil.copytree(toy_template, tmp_path_factory.mktemp("graded") / "course")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    toy.submit(root, "ann", toy.fill(toy.honest(), double=THREE), "2026-03-01 10:00:00 UTC")
    toy.submit(root, "bob", toy.honest(), "2026-03-02 10:00:00 UTC")
    course = open_course(root)
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.update_or_create_assignment("toy", duedate="2026-03-01 12:00 UTC")
    scores, said = grade(course)
    assert (scores, "differs" in said) == ({"ann": 1.0, "bob": 5.0}, False)
    with Gradebook(course.db_url, course.id) as gradebook:
        row = gradebook.find_grade("why", "toy", "toy", "ann")
        row.manual_score, row.extra_credit = 1.5, 0.25
        gradebook.find_comment("why", "toy", "toy", "ann").manual_comment = "Well said."
        gradebook.db.commit()
    return root


@pytest.fixture
def graded(graded_template, tmp_path):
    """That course, one's own."""
    return open_course(shutil.copytree(graded_template, tmp_path / "graded"))


@pytest.mark.parametrize("force", [False, True])
def test_a_changed_source_is_said_and_the_gradebook_s_test_is_used(graded, force):
    edit(graded, double=NEW_TEST)
    before = rows(graded, "source_cell", "grade_cells")
    scores, said = grade(graded, force=force)
    assert scores == {"ann": 1.0, "bob": 5.0}
    assert "source/toy differs from what the gradebook holds of toy: the test of double changed." in said
    assert "Grading goes by the gradebook. `course grade toy --regrade` takes the new one" in said
    assert rows(graded, "source_cell", "grade_cells") == before


def test_regrade_judges_all_by_the_new_test_and_keeps_what_a_person_did(graded):
    edit(graded, double=NEW_TEST, total=3)
    scores, said = grade(graded, regrade=True)
    assert (
        "total gives 3 points instead of 1; the test of double changed. All submissions are judged by the new" in said
    )
    assert scores == {"ann": 7.0, "bob": 3.0}
    with Gradebook(graded.db_url, graded.id) as gradebook:
        why = gradebook.find_grade("why", "toy", "toy", "ann")
        assert (why.manual_score, why.extra_credit) == (1.5, 0.25)
        assert gradebook.find_comment("why", "toy", "toy", "ann").manual_comment == "Well said."
        assert gradebook.find_grade_cell("total", "toy", "toy").max_score == 3
        assert gradebook.find_submission("toy", "bob").late_submission_penalty == 3.0
    assert exported(graded) == {"ann": (8.75, 9.0), "bob": (0.0, 9.0)}
    again, said = grade(graded)
    assert (again, "differs" in said, "2 of 2 submissions are unchanged" in said) == (scores, False, True)


def test_the_gradebook_is_what_nbgrader_s_own_command_would_have_made(graded, tmp_path):
    theirs = open_course(shutil.copytree(graded.root, tmp_path / "theirs"))
    for course in (graded, theirs):
        edit(
            course, double=NEW_TEST, double_answer="def double(x):\n    ### BEGIN SOLUTION\n    ### END SOLUTION", why=4
        )
    grade(graded, regrade=True)
    nbgrader(theirs, "generate_assignment", "toy", "--force")
    scores, said = grade(theirs)
    assert scores == {"ann": 5.0, "bob": 1.0}
    assert "differs" not in said
    tables = ("assignment", "notebook", "grade_cells", "solution_cells", "source_cell", "base_cell")
    tables += ("submitted_assignment", "submitted_notebook", "grade", "comment")
    assert rows(graded, *tables) == rows(theirs, *tables)
    assert load_assignment(graded, "toy") == load_assignment(theirs, "toy")


def test_points_by_a_person_under_other_points_are_told(graded):
    edit(graded, why=1)
    _, said = grade(graded, regrade=True)
    assert "1 answers to why were graded by a person, when it gave 2 points and not 1" in said
    assert exported(graded)["ann"] == (2.75, 6.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"total": None}, "total is gone"),
        ({"total": None, "why": 3, "total_answer": None}, "total-answer is gone; total is gone; why gives 3 points"),
    ],
)
def test_cells_do_not_come_or_go_under_submissions(graded, change, words):
    edit(graded, **change)
    tables = ("source_cell", "grade_cells", "grade", "submitted_assignment")
    before = rows(graded, *tables)
    with pytest.raises(UsageError, match="hand the new ones out as another assignment") as refused:
        grade(graded, regrade=True)
    assert words in str(refused.value)
    assert "2 submissions stand in the gradebook" in str(refused.value)
    _, said = grade(graded)  # grading goes on by the gradebook's, and does not offer what would be refused
    assert words in said and "--regrade" not in said
    assert rows(graded, *tables) == before


def test_before_the_first_submission_cells_may_go(toy_course):
    edit(toy_course, total=None)
    toy.submit(toy_course.root, "ann", toy.honest())
    scores, said = grade(toy_course, regrade=True)
    assert (scores, "total is gone" in said) == ({"ann": 4.0}, True)
    assert exported(toy_course) == {"ann": (4.0, 6.0)}


def test_a_notebook_that_is_gone_leaves_the_gradebook(toy_course):
    folder = toy_course.root / "source" / "toy"
    (folder / "toy.ipynb").rename(folder / "part1.ipynb")
    toy.submit(toy_course.root, "ann", toy.honest(), name="part1")
    scores, _ = grade(toy_course, regrade=True)
    assert scores == {"ann": 5.0}
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        assert [notebook.name for notebook in gradebook.find_assignment("toy").notebooks] == ["part1"]


def test_a_dry_run_shows_what_a_regrade_would_do(graded):
    edit(graded, double=NEW_TEST)
    before = rows(graded, "source_cell", "grade")
    _, said = grade(graded, regrade=True, dry_run=True)
    assert "ann: 2.75 in the gradebook, 5 now (graded)" in said
    assert rows(graded, "source_cell", "grade") == before


def test_a_source_that_nbgrader_would_not_release_stops_a_regrade_only(graded):
    edit(graded, double_answer="def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x")
    with pytest.raises(UsageError, match=r"cannot release .* Put that right first"):
        grade(graded, regrade=True)
    scores, said = grade(graded)
    assert scores == {"ann": 1.0, "bob": 5.0}
    assert "Grading goes by the gradebook." in said


def test_regrade_is_for_the_whole_class_and_needs_a_source(graded):
    with pytest.raises(UsageError, match="Leave --student out"):
        grade(graded, regrade=True, students=("ann",))
    _, said = grade(graded, regrade=True)
    assert "is what the gradebook holds of toy" in said
    shutil.rmtree(graded.root / "source")
    done = CliRunner().invoke(main, ["grade", "toy", "--regrade", "--course-dir", str(graded.root)])
    assert (done.exit_code, "to take anew" in done.output) == (2, True)


def test_every_difference_has_its_words(toy_course):
    stored = load_assignment(toy_course, "toy")
    edit(toy_course, total=2.5, double=NEW_TEST, setup="import cmath", double_answer=None)
    fresh = prepare_assignment(toy_course, "toy", toy_course.root / "source" / "toy")
    assert cell_changes(stored, fresh) == ["double-answer is gone"]
    assert text_changes(stored, fresh) == [
        "the text of setup changed", "total gives 2.5 points instead of 1", "the test of double changed",
    ]  # fmt: skip
    assert cell_changes(fresh, stored) == ["double-answer is new"]


def test_an_assignment_with_brackets_in_its_name_is_graded_corrected_and_exported(toy_course):
    name = "123 [abc]"
    (toy_course.root / "source" / "toy").rename(toy_course.root / "source" / name)
    folder = toy_course.root / "submitted" / "ann" / name
    folder.mkdir(parents=True)
    (folder / "toy.ipynb").write_text(json.dumps(toy.honest()))
    assert grade(toy_course, name)[0] == {"ann": 5.0}
    source = toy_course.root / "source" / name / "toy.ipynb"
    source.write_text(source.read_text().replace("double(2) == 4", "double(2) == 5"))
    assert [grade(toy_course, name, regrade=new)[0]["ann"] for new in (False, True)] == [5.0, 3.0]
    assert [line.score for line in read_lines(toy_course, name)] == [3.0]
    assert write_report(str(toy_course.root), name, None).name == "123 [abc]-report.html"


def test_a_regrade_that_was_interrupted_is_finished_by_the_next_run(graded, monkeypatch):
    edit(graded, double=NEW_TEST, total=3)
    kept = Gradebook.update_or_create_source_cell

    def interrupted(self, name, *rest, **more):
        if name == "double":
            raise KeyboardInterrupt
        return kept(self, name, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Gradebook, "update_or_create_source_cell", interrupted)
        with pytest.raises(KeyboardInterrupt):
            grade(graded, regrade=True)
    scores, _ = grade(graded)
    assert scores == {"ann": 7.0, "bob": 3.0}
    assert exported(graded) == {"ann": (8.75, 9.0), "bob": (0.0, 9.0)}
