"""Plain nbgrader, through its own commands: release, autograde, feedback, export and validate a lesson.

The graded cells call the course's checks, so nbgrader alone must give an honest submission what we would give it.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade, is_solution

from autograder.build import LessonFolder
from autograder.build.colab import add_colab
from autograder.build.execute import kernel_environment

pytestmark = pytest.mark.usefixtures("loops_left_open")

ROOT = Path(__file__).parents[2]
SECONDS = 600


SCRIPTS = Path(sys.executable).parent  # nbgrader starts `alembic` by its name


@dataclass(frozen=True)
class Course:
    """A course directory and the commands run in it."""

    folder: Path
    assignment: str

    def nbgrader(self, *arguments):
        """Run an nbgrader command; returns what it printed. It must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.folder,
            env=kernel_environment(self.folder / "home") | {"PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert done.returncode == 0, f"nbgrader {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def notebook(self, step, student="."):
        return self.folder / step / student / self.assignment / f"{self.assignment}.ipynb"

    def submit(self, student, answers):
        """Hand in the released lesson with these cells filled in, `{cell id: source}`."""
        notebook = nbformat.read(self.notebook("lessons"), as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        path = self.notebook("submitted", student)
        shutil.copytree(self.notebook("lessons").parent, path.parent)
        nbformat.write(notebook, path)
        (path.parent / "timestamp.txt").write_text("2026-01-31 12:00:00 UTC\n")

    def scores(self):
        """Student -> score of each graded cell, as nbgrader's gradebook holds them."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            submissions = gradebook.assignment_submissions(self.assignment)
            return {s.student.id: {g.name: g.score for n in s.notebooks for g in n.grades} for s in submissions}

    @cached_property
    def solution(self):
        return nbformat.read(self.notebook("solutions"), as_version=4)

    @cached_property
    def graded(self):
        """The graded cells by id, in the notebook's order: tests, and texts that a person grades."""
        return {cell.id: cell for cell in self.solution.cells if is_grade(cell)}

    def done_by(self, student):
        """The exercises that this student has done: all, the first half, or none."""
        count = {"honest": len(self.graded), "half": len(self.graded) // 2, "untouched": 0}[student]
        return list(self.graded)[:count]

    def answers(self, exercises):
        """What the solution has in the answer cells of some exercises."""
        cells = (cell for cell in self.solution.cells if is_solution(cell))
        return {cell.id: cell.source for cell in cells if cell.id.removesuffix("-answer") in exercises}


# Fewer where a lesson trains: nbgrader runs the demonstrations too.
STUDENTS = {"02_activations": ("honest", "half", "untouched"), "09_keras_workflow": ("honest", "half")}
VALIDATED = {"02_activations": ("honest", "half", "untouched"), "09_keras_workflow": ("honest",)}


@pytest.fixture(scope="module", params=[pytest.param(name, id=name, marks=pytest.mark.slow) for name in STUDENTS])
def course(request, tmp_path_factory):
    """A released assignment with its submissions, autograded by one nbgrader process."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "home").mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "solutions" / request.param, folder / "solutions" / request.param)
    course = Course(folder, request.param)
    course.nbgrader("generate_assignment", request.param)
    for student in STUDENTS[request.param]:
        course.submit(student, course.answers(course.done_by(student)))
    course.nbgrader("autograde", request.param)
    return course


def test_nbgrader_releases_what_the_build_releases(course):
    """But for the lines that install the course where it is missing."""
    lesson = LessonFolder(ROOT, course.assignment)
    theirs = nbformat.read(course.notebook("lessons"), as_version=4)
    ours = nbformat.read(lesson.lesson, as_version=4)
    add_colab(theirs, lesson)
    assert theirs.cells == ours.cells
    assert [path.name for path in course.notebook("lessons").parent.glob("*.py")] == []


def test_done_exercises_earn_full_marks_and_the_others_none(course):
    tests = {name: cell.metadata.nbgrader.points for name, cell in course.graded.items() if cell.cell_type == "code"}
    for student, found in course.scores().items():
        done = course.done_by(student)
        expected = {name: points if name in done else 0 for name, points in tests.items()}
        assert {name: found[name] for name in tests} == expected


def test_feedback_is_written_for_everyone(course):
    course.nbgrader("generate_feedback", course.assignment)
    pages = {
        student: (course.folder / "feedback" / student / course.assignment / f"{course.assignment}.html").read_text()
        for student in STUDENTS[course.assignment]
    }
    assert "Not attempted · 0 of" in pages["half"]
    assert "Not attempted · 0 of" not in pages["honest"]
    heading = {student: re.search(r"\(Score: ([\d.]+) / ([\d.]+)\)", page).groups() for student, page in pages.items()}
    totals = {student: sum(scores.values()) for student, scores in course.scores().items()}
    assert {student: float(got) for student, (got, _) in heading.items()} == totals


def test_export_lists_the_same_scores(course):
    course.nbgrader("export", "--to", "grades.csv")
    with (course.folder / "grades.csv").open() as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert exported == {student: sum(scores.values()) for student, scores in course.scores().items()}
    assert 0 < exported["half"] < exported["honest"]


def test_validate_tells_a_student_what_is_missing(course):
    for student in VALIDATED[course.assignment]:
        said = course.nbgrader("validate", str(course.notebook("submitted", student)))
        missing = len(course.graded) - len(course.done_by(student))
        assert (f"FAILED ON {missing} CELL(S)" if missing else "passes all the tests") in said, said
