"""An assignment that nobody here wrote gets, cell by cell, the scores that nbgrader gives it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course import open_course
from autograder.grading.run import Options, grade
from autograder.source import REPOSITORY, released_notebooks

from . import changed, course, special
from .patterns import DESERVED, NOTEBOOKS, PATTERNS, POINTS

pytestmark = [pytest.mark.usefixtures("loops_left_open"), pytest.mark.slow]

OF_TESTS = ("PYTEST_CURRENT_TEST", "MPLBACKEND")  # with these a kernel has other streams and pictures than usual
Scores = dict[
    tuple[str, str, str], dict[str, tuple[float | None, bool]]
]  # assignment, student, notebook -> id -> grade


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scores, Scores]:
    """(our course's folder, nbgrader's scores, ours), of the same submissions."""
    theirs, ours = tmp_path_factory.mktemp("theirs"), tmp_path_factory.mktemp("ours")
    course.write_sources(theirs)
    opened = open_course(theirs)
    released = {name: released_notebooks(opened, name, theirs / "source" / name) for name in course.ASSIGNMENTS}
    course.make(theirs, lambda name, stem: json.loads(json.dumps(released[name][stem])))
    shutil.copytree(theirs, ours, dirs_exist_ok=True)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(by_nbgrader, theirs)
        for name in course.ASSIGNMENTS:
            grade(str(ours), name, Options(workers=1), say=lambda text: None)
        other.result()
    return ours, grades(theirs), grades(ours)


def by_nbgrader(folder: Path) -> None:
    (folder / "home").mkdir()
    home = {"HOME": str(folder / "home"), "JUPYTER_CONFIG_DIR": str(folder / "home"), "PYTHONPATH": str(REPOSITORY)}
    home["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader starts alembic by name
    surroundings = {name: value for name, value in os.environ.items() if name not in OF_TESTS}
    done = subprocess.run(
        [sys.executable, "-m", "tests.grader.foreign.course", str(folder)],
        cwd=folder, env=surroundings | home, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def grades(folder: Path) -> Scores:
    found: Scores = {}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for name in course.ASSIGNMENTS:
            for submission in gradebook.assignment_submissions(name):
                for notebook in submission.notebooks:
                    rows = {grade.name: (grade.auto_score, bool(grade.needs_manual_grade)) for grade in notebook.grades}
                    found[name, submission.student.id, notebook.name] = rows
    return found


def test_every_cell_has_nbgrader_s_score(both: tuple[Path, Scores, Scores]) -> None:
    _, theirs, ours = both
    assert set(theirs) == set(ours) and len(ours) == 8 + 9 + 5
    for where, rows in theirs.items():
        assert ours[where] == rows, where


def test_the_answers_earn_what_they_deserve(both: tuple[Path, Scores, Scores]) -> None:
    """Otherwise the comparison could be one of nothing with nothing."""
    _, theirs, _ = both
    for stem, names in NOTEBOOKS.items():
        for name in names:
            right, wrong, blank = (theirs["small", who, stem][name][0] for who in ("right", "wrong", "blank"))
            assert (right, wrong, blank) == DESERVED.get(name, (POINTS, 0, 0)), name
    for name in course.TWINS:
        assert [theirs["small", who, "twin"][name][0] for who in ("right", "wrong")] == [0, POINTS], name
    for way, earned in changed.EARNED.items():
        rows = theirs["changed", way, changed.NAME].values()
        assert (sum(score or 0 for score, _ in rows), sum(waits for _, waits in rows)) == earned, way
    sums = {who: sum(row[0] or 0 for row in theirs["ps1", who, "problem1"].values()) for who in course.PS1}
    assert sums == {"right": 3, "wrong": 0, "half": 1.5, "blank": 0}


def test_it_is_told_where_they_were_judged(both: tuple[Path, Scores, Scores]) -> None:
    folder, _, _ = both
    results, _ = grade(str(folder), "small", Options(workers=1), say=lambda text: None)
    for result in results:
        told = {(e.get("notebook"), e["id"]): e.get("judged") for e in result.to_json()["exercises"]}
        assert told.pop(("tests", "by-hand")) is None
        assert set(told.values()) == {"in the student's process"} and len(told) == len(PATTERNS) + len(course.TWINS)
    page = (folder / "feedback" / "right" / "small" / "tests.html").read_text()
    assert page.count("judged in the student&#x27;s process") + page.count("judged in the student's process") >= 100
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        comment = gradebook.find_comment("equal-solution", "tests", "small", "right").auto_comment
    assert comment == "Judged in the student's process: equal."


def test_patterns_with_data_frames_are_among_them() -> None:
    if not importlib.util.find_spec("pandas"):
        pytest.skip("pandas is not among the course's packages: its patterns are compared only where it is installed")
    assert set(special.FRAMES) <= set(PATTERNS)


def test_the_person_who_grades_sees_the_plot_and_the_assignment_s_files(both: tuple[Path, Scores, Scores]) -> None:
    folder, _, _ = both
    graded = folder / "autograded" / "right" / "small"
    cells = json.loads((graded / "tests.ipynb").read_text())["cells"]
    by_hand = next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == "by-hand")
    assert any("image/png" in output.get("data", {}) for output in by_hand["outputs"])
    assert {name: (graded / name).read_text() for name in course.BESIDE} == course.BESIDE
    assert (graded / "mine.txt").read_text() == "my own"
