"""nbgrader's own tools on what `course grade` wrote: formgrader's API, feedback, export, and its release check."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.course import open_course
from tests.grader import made, toy

pytestmark = pytest.mark.usefixtures("loops_left_open")


@pytest.fixture(scope="module")
def graded(toy_template, tmp_path_factory):
    """A course with an honest, a half-right and an untouched submission, written by us."""
    course = open_course(shutil.copytree(toy_template, tmp_path_factory.mktemp("compat") / "course"))
    made.write(course, "ann", made.exercise("double", 4))
    made.write(course, "bob", made.exercise("double", 2.5, message="Half-way."))
    nothing = [made.exercise(id, 0, "not_attempted") for id in ("total", "double", "why")]
    made.write(course, "cat", *nothing, notebook=toy.released(), when=None)
    return course


def nbgrader(course, *arguments):
    """Run an nbgrader command in the course directory, with a home of its own."""
    home = {"HOME": str(course.root), "JUPYTER_CONFIG_DIR": str(course.root / "none"), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course.root, env=home, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_formgraders_api_sees_graded_submissions(graded):
    api = NbGraderAPI(CourseDirectory(root=str(graded.root), course_id=graded.id))
    submissions = {row["student"]: row for row in api.get_submissions("toy")}
    assert {student: row["autograded"] for student, row in submissions.items()} == dict.fromkeys(submissions, True)
    assert {student: row["score"] for student, row in submissions.items()} == {"ann": 5.0, "bob": 3.5, "cat": 0.0}
    assert {student: row["needs_manual_grade"] for student, row in submissions.items()} == {
        "ann": True, "bob": True, "cat": False,
    }  # fmt: skip
    assert {row["max_score"] for row in submissions.values()} == {7.0}
    notebooks = api.get_notebook_submissions("toy", "toy")
    assert {row["student"]: row["failed_tests"] for row in notebooks} == {"ann": False, "bob": True, "cat": True}


def test_generate_feedback_and_export_agree(graded):
    ours = graded.root / "feedback" / "bob" / "toy" / "toy.html"
    assert "Half-way." in ours.read_text()
    nbgrader(graded, "generate_feedback", "toy", "--force")
    theirs = ours.read_text()
    assert "Half-way." in theirs
    assert "(Score: 3.5 / 7.0)" in " ".join(theirs.split())
    nbgrader(graded, "export", "--to", str(graded.root / "grades.csv"))
    with (graded.root / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"ann": 5.0, "bob": 3.5, "cat": 0.0}


def test_release_feedback_takes_our_folder(graded, tmp_path):
    """nbgrader finds the page by the time stamp and secret that it put into the submission."""
    (graded.root / "submitted" / "ann" / "toy" / "submission_secret.txt").write_text("0123456789abcdef")
    made.write(graded, "ann")
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    output = nbgrader(graded, "release_feedback", "toy", "--student=ann", f"--Exchange.root={exchange}")
    assert "Feedback released" in output
    released = list((exchange / "toys" / "feedback").glob("*.html"))
    assert [path.read_text() for path in released] == [made.page(graded, "ann")]
