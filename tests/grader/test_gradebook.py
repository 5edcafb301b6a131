"""The gradebook after a run: what nbgrader would have written, and nothing of a person's work touched."""

from __future__ import annotations

import datetime
import sqlite3
import stat

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import determine_grade, is_grade

from autograder.cells import grade_id_of
from autograder.errors import GradebookLocked, InvalidSubmission
from autograder.records import gradebook as module
from autograder.records.assignments import load_assignment
from autograder.records.backup import back_up
from autograder.records.gradebook import GradebookWriter
from autograder.reporting.autograded import graded_notebook
from autograder.timestamps import read_timestamp
from tests.grader import made, toy


def grades(course, student):
    with Gradebook(course.db_url, course.id) as gradebook:
        rows = gradebook.find_submission("toy", student).notebooks[0].grades
        return {row.name: (row.auto_score, row.needs_manual_grade, row.score) for row in rows}


def comments(course, student):
    with Gradebook(course.db_url, course.id) as gradebook:
        rows = gradebook.find_submission("toy", student).notebooks[0].comments
        return {row.name: row.auto_comment for row in rows}


def test_points_and_waiting_answers(toy_course):
    standing = made.write(toy_course, "ann", made.exercise("double", 2.5))
    assert grades(toy_course, "ann") == {
        "total": (1.0, False, 1.0), "double": (2.5, False, 2.5), "why": (None, True, 0.0),
    }  # fmt: skip
    assert standing.score == 3.5
    assert standing.grades["toy", "why"].waiting


def test_an_untouched_text_gets_no_points_and_waits_for_nobody(toy_course):
    made.write(toy_course, "bob", made.exercise("why", 0, "not_attempted"), notebook=toy.released())
    assert grades(toy_course, "bob")["why"] == (0.0, False, 0.0)
    assert comments(toy_course, "bob") == {
        "total-answer": "No response.", "double-answer": "No response.", "why": "No response.",
    }  # fmt: skip


def test_hints_become_comments_and_markup_does_not(toy_course):
    message = "Is <script>alert(1)</script> right?"
    made.write(toy_course, "ann", made.exercise("double", 0, mistake="adds", message=message))
    assert comments(toy_course, "ann")["double-answer"] == "Is &lt;script&gt;alert(1)&lt;/script&gt; right?"
    assert comments(toy_course, "ann")["total-answer"] is None


def test_a_check_that_could_not_be_judged_waits_for_a_person(toy_course):
    made.write(toy_course, "ann", made.exercise("double", 0, "manual", message="A person has to look at it."))
    assert grades(toy_course, "ann")["double"] == (None, True, 0.0)
    assert comments(toy_course, "ann")["double-answer"] == "A person has to look at it."


def test_where_a_test_was_judged_is_said_in_the_comment(toy_course):
    passed, failed = (
        made.exercise("total", 1, in_process=True),
        made.exercise("double", 0, in_process=True, message="No."),
    )
    made.write(toy_course, "ann", passed, failed)
    assert comments(toy_course, "ann") == {
        "total-answer": "Judged in the student's process: total.",
        "double-answer": "No.\n\nJudged in the student's process: double.",
        "why": None,
    }


SHOWN = [  # what a test may show in the student's process; none of it may count a second time
    {"output_type": "stream", "name": "stderr", "text": "careful"},
    {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["E: no"]},
    {"output_type": "execute_result", "data": {"text/plain": "3.5"}, "metadata": {}, "execution_count": None},
]


@pytest.mark.parametrize("score", [0.0, 1 / 3, 4.0])
def test_what_a_test_showed_is_kept_and_does_not_count(toy_course, score):
    folder = toy.submit(toy_course.root, "ann", toy.honest())
    verdict = made.exercise("double", score, in_process=True)
    result = made.result(load_assignment(toy_course, "toy"), folder, "ann", verdict)
    test = next(c for c in result.notebooks["toy"]["cells"] if grade_id_of(c) == "double")
    test["outputs"] = SHOWN
    graded = graded_notebook(result.notebooks["toy"], result, "toy")
    (cell,) = [c for c in graded.cells if grade_id_of(c) == "double"]
    assert determine_grade(cell) == (score, 4.0)
    assert all(text in str(cell.outputs) for text in ("careful", "E: no", "3.5", "Judged in the student's process"))
    nbformat.validate(graded)


@pytest.mark.parametrize("score", [0.0, 0.1 + 0.2, 1 / 3, 2.5, 4.0])
def test_nbgrader_reads_the_recorded_score_from_every_cell(toy_course, score):
    """The property that keeps nbgrader's own tools true."""
    panel = made.exercise("double", score, message="a hint", panel_html="<p>7.0</p>", panel_text="99")
    made.write(toy_course, "ann", panel)
    recorded = grades(toy_course, "ann")
    notebook = made.autograded(toy_course, "ann")
    seen = {c.metadata.nbgrader.grade_id: determine_grade(c) for c in notebook.cells if is_grade(c)}
    assert seen == {name: (recorded[name][0], made.POINTS[name]) for name in recorded}
    MetadataValidator().validate_nb(notebook)
    nbformat.validate(notebook)


def test_a_students_outputs_cannot_speak_for_the_judge(toy_course):
    """Outputs of a test cell are ours alone, whatever the submission's notebook held."""
    folder = toy.submit(toy_course.root, "eve", toy.honest())
    assignment = load_assignment(toy_course, "toy")
    wrong = made.result(assignment, folder, "eve", made.exercise("double", 0))
    for cell in wrong.notebooks["toy"]["cells"]:
        if cell["cell_type"] == "code":
            claim = {"output_type": "execute_result", "data": {"text/plain": "4.0"}, "metadata": {}}
            cell["outputs"] = [{**claim, "execution_count": 1}]
    graded = nbformat.from_dict(graded_notebook(wrong.notebooks["toy"], wrong, "toy"))
    cell = next(c for c in graded.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "double")
    assert determine_grade(cell) == (0.0, 4.0)


def test_a_persons_work_is_never_touched(toy_course):
    made.write(toy_course, "ann", made.exercise("double", 0))
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        notebook = gradebook.find_submission("toy", "ann").notebooks[0]
        notebook.flagged = True
        for grade in notebook.grades:
            if grade.name in ("double", "why"):
                grade.manual_score, grade.extra_credit = 1.5, 0.25
        notebook.comments[0].manual_comment = "Well explained."
        gradebook.db.commit()
    standing = made.write(toy_course, "ann", made.exercise("double", 4))
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        notebook = gradebook.find_submission("toy", "ann").notebooks[0]
        assert notebook.flagged
        rows = {grade.name: grade for grade in notebook.grades}
        assert (rows["double"].auto_score, rows["double"].manual_score, rows["double"].extra_credit) == (4.0, 1.5, 0.25)
        assert rows["double"].needs_manual_grade  # a person looks again, as nbgrader does it
        assert notebook.comments[0].manual_comment == "Well explained."
        assert notebook.score == standing.score == 1.0 + 2 * 1.75
    assert "Well explained." in made.page(toy_course, "ann")


LATE = [  # penalty method of nbgrader's plugin, hours late, extension in hours -> status, score
    ("none", 5, 0, "late", 5.0, None),
    ("zero", 5, 0, "late", 0.0, 5.0),
    ("zero", 5, 8, "graded", 5.0, None),
    ("zero", -1, 0, "graded", 5.0, None),
]


@pytest.mark.parametrize(("method", "hours", "extension", "status", "score", "penalty"), LATE)
def test_late_submissions_by_nbgraders_plugin(toy_course, method, hours, extension, status, score, penalty):
    config = toy_course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + f"c.LateSubmissionPlugin.penalty_method = {method!r}\n")
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.update_or_create_assignment("toy", duedate=f"{made.WHEN} UTC")
    made.write(toy_course, "ann")
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.grant_extension("toy", "ann", hours=extension)
    standing = made.write(toy_course, "ann", when=made.WHEN + datetime.timedelta(hours=hours))
    assert (standing.result.status, standing.score) == (status, score)
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        assert gradebook.find_submission("toy", "ann").notebooks[0].late_submission_penalty == penalty


PLUGIN = """
from nbgrader.plugins import BasePlugin

class PerHour(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {penalty}
"""


@pytest.mark.parametrize(("penalty", "taken"), [("total_seconds_late / 3600", 2.0), ("-3", 0.0), ("1000", 5.0)])
def test_a_plugin_of_ones_own_is_kept_within_the_score(toy_course, penalty, taken, monkeypatch):
    name = f"late_{taken:g}".replace(".", "_")
    (toy_course.root / f"{name}.py").write_text(PLUGIN.format(penalty=penalty))
    config = toy_course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + f"c.AssignLatePenalties.plugin_class = '{name}.PerHour'\n")
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.update_or_create_assignment("toy", duedate=f"{made.WHEN - datetime.timedelta(hours=2)} UTC")
    standing = made.write(toy_course, "ann")
    assert standing.penalties == {"toy": taken}
    assert standing.score == 5.0 - taken


def test_nothing_is_written_when_publishing_fails(toy_course):
    folder = toy.submit(toy_course.root, "ann", toy.honest())
    assignment = load_assignment(toy_course, "toy")

    def fail(_):
        raise OSError("disk full")

    made_up = made.result(assignment, folder, "ann")
    with GradebookWriter(toy_course, assignment) as writer:
        with pytest.raises(OSError, match="disk full"):
            writer.write(made_up, None, fail)
        assert writer.scores() == {}


def test_the_digest_changes_with_a_persons_grade_and_with_nothing_else(toy_course):
    made.write(toy_course, "ann")
    assignment = load_assignment(toy_course, "toy")

    def digest():
        with GradebookWriter(toy_course, assignment) as writer:
            return writer.digests()["ann"]

    before = digest()
    made.write(toy_course, "ann")
    assert digest() == before
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.find_grade("why", "toy", "toy", "ann").manual_score = 2
        gradebook.db.commit()
    assert digest() != before


def test_a_locked_gradebook_is_explained(toy_course, monkeypatch):
    monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    assignment = load_assignment(toy_course, "toy")
    with sqlite3.connect(toy_course.gradebook_file) as other, GradebookWriter(toy_course, assignment) as writer:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookLocked, match="Close formgrader"):
            writer.digests()
    other.close()


def test_the_last_ten_backups_are_kept(toy_course):
    copies = [back_up(toy_course) for _ in range(12)]
    assert [copy.exists() for copy in copies] == [False] * 2 + [True] * 10
    with sqlite3.connect(copies[-1]) as copy:
        assert copy.execute("select name from assignment").fetchall() == [("toy",)]
    copy.close()


def test_autograded_files_are_read_only_and_links_stay_behind(toy_course):
    folder = toy.submit(toy_course.root, "ann", toy.honest(), f"{made.WHEN} UTC")
    (folder / "data.csv").write_text("1,2\n")
    (folder / "submission_secret.txt").write_text("s3cret")
    (folder / "link.txt").symlink_to(toy_course.gradebook_file)
    (folder / "dir").symlink_to(toy_course.root)
    made.write(toy_course, "ann")
    made.write(toy_course, "ann")  # again, over the read-only files
    target = toy_course.root / "autograded" / "ann" / "toy"
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in target.iterdir()}
    assert files == dict.fromkeys(["toy.ipynb", "data.csv", "submission_secret.txt", "timestamp.txt"], 0o444)
    feedback = {path.name for path in (toy_course.root / "feedback" / "ann" / "toy").iterdir()}
    assert feedback == {"toy.html", "submission_secret.txt", "timestamp.txt"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01 12:00:00 UTC\n", datetime.datetime(2026, 3, 1, 12)),
        ("2026-03-01T12:00:00+02:00", datetime.datetime(2026, 3, 1, 10)),
        ("", None),
    ],
)
def test_time_stamps(tmp_path, text, expected):
    (tmp_path / "timestamp.txt").write_text(text)
    assert read_timestamp(tmp_path) == expected


def test_a_senseless_time_stamp_is_said(tmp_path):
    (tmp_path / "timestamp.txt").write_text("yesterday")
    with pytest.raises(InvalidSubmission, match="holds no date: 'yesterday'"):
        read_timestamp(tmp_path)
