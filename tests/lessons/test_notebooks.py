"""Every lesson, top to bottom: its stored outputs, and its student version. Its marks are the matter of test_caged."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade

from autograder.build import check_lesson
from autograder.build.execute import kernel_environment, leaks, run_in
from tests.lessons.every import course_metadata, every_lesson

SANITIZE = Path(__file__).with_name("sanitize.cfg")
SECONDS = 300


def copy_of(lesson, notebook, folder):
    """The lesson's files in a folder of their own, so that what a lesson writes stays out of the checkout."""
    target = folder / "lesson"
    lesson.copy_beside(target)
    (folder / "home").mkdir()
    return Path(shutil.copy(notebook, target))


def nbval(lesson, folder, lax):
    """Run nbval on a copy of the executed solution; returns its exit code and report."""
    notebook = copy_of(lesson, lesson.solution, folder)
    (folder / "pytest.ini").write_text("[pytest]\n")
    how = ["--nbval-lax"] if lax else ["--nbval", "--nbval-sanitize-with", str(SANITIZE)]
    options = ["-q", "-p", "no:cacheprovider", "-c", str(folder / "pytest.ini"), f"--nbval-cell-timeout={SECONDS}"]
    options += [f"--nbval-kernel-startup-timeout={SECONDS}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *how, *options, str(notebook)],
        cwd=notebook.parent,
        env=kernel_environment(folder / "home"),
        capture_output=True,
        text=True,
        timeout=10 * SECONDS,
    )
    return done.returncode, done.stdout + done.stderr


def run(lesson, notebook, folder):
    """Run a notebook top to bottom as a learner would, without stopping for anything but an error."""
    path = copy_of(lesson, lesson.solution, folder)
    run_in(notebook, path.parent, folder / "home", SECONDS, lesson.name)
    return notebook


@every_lesson
def test_generated_notebooks_agree_with_their_source(lesson):
    assert check_lesson(lesson) == []


@every_lesson
def test_stored_outputs_are_what_the_cells_show(lesson, tmp_path):
    start = time.perf_counter()
    code, report = nbval(lesson, tmp_path, lax=course_metadata(lesson).trains)
    print(f"{lesson.name}: top to bottom in {time.perf_counter() - start:.1f} s")
    assert code == 0, report


@every_lesson
def test_untouched_lesson_runs_to_its_end_and_earns_nothing(lesson, tmp_path):
    notebook = run(lesson, nbformat.read(lesson.lesson, as_version=4), tmp_path)
    assert [(cell.id, problem) for cell, problem in leaks(notebook, ())] == []
    tests = [cell for cell in notebook.cells if is_grade(cell) and cell.cell_type == "code"]
    assert tests, "a lesson has exercises"
    for cell in tests:
        panel = next(output.data["text/plain"] for output in cell.outputs if output.output_type == "display_data")
        assert "Not attempted" in panel, (cell.id, panel)
        assert determine_grade(cell)[0] == 0, cell.id


def test_nbval_accepts_the_small_lesson(built, tmp_path_factory):
    code, report = nbval(built, tmp_path_factory.mktemp("nbval"), lax=False)
    assert code == 0, report


@pytest.mark.parametrize(
    ("old", "new"),
    [("2 doubled is 4", "2 doubled is 5"), ('"2.0"', '"1.0"'), ("return 2 * x", "return 2 * y")],
    ids=["printed number", "points", "code that raises"],
)
def test_nbval_rejects_a_planted_difference(built, old, new, tmp_path_factory):
    text = built.solution.read_text()
    assert old in text
    built.solution.write_text(text.replace(old, new))
    code, report = nbval(built, tmp_path_factory.mktemp("nbval"), lax=False)
    assert code == 1, report
    assert "failed" in report
