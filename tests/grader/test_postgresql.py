"""The gradebook on a real PostgreSQL server, as a department would keep it, instead of a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course import open_course
from autograder.grading import run as grading
from autograder.records.assignments import load_assignment
from tests.grader import toy
from tests.grader.test_grading import CLASS, LIMITS, submit_class

pytest.importorskip("psycopg2", reason="no PostgreSQL driver: pip install psycopg2-binary")
BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
STUDENTS = ("honest", "half", "bad-json", "late")

pytestmark = pytest.mark.skipif(BIN is None, reason="no PostgreSQL server: apt-get install postgresql")


@pytest.fixture(scope="module")
def home():
    """A folder that PostgreSQL's user reaches; pytest's own folders are for one user alone."""
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def server(home):
    """The address of an empty database on a server of its own, reached through a socket in a scratch folder."""
    as_user = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(home, "postgres")
    control = [*as_user, str(BIN / "pg_ctl"), "-D", str(home / "data"), "-w", "-s"]
    run = {"check": True, "capture_output": True, "cwd": home, "timeout": 120}
    subprocess.run([*as_user, str(BIN / "initdb"), "-D", str(home / "data"), "-U", "course", "-A", "trust"], **run)
    options = f"-k {home} -c listen_addresses= -c fsync=off"
    subprocess.run([*control, "-l", str(home / "log"), "-o", options, "start"], check=True, cwd=home, timeout=120)
    try:
        yield f"postgresql+psycopg2://course@/postgres?host={home}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd=home, timeout=120)


@pytest.fixture(scope="module")
def course(server, tmp_path_factory):
    root = toy.make_course(tmp_path_factory.mktemp("class"))
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.CourseDirectory.db_url = {server!r}\n")
    course = open_course(root)
    load_assignment(course, "toy")
    submit_class(course)
    return course


def grade(course):
    told = []
    options = grading.Options(students=STUDENTS, limits=LIMITS)
    results, _ = grading.grade(str(course.root), "toy", options, told.append)
    return {result.student: result for result in results}, told


def test_grades_go_to_the_server_and_stay_as_a_person_left_them(course):
    results, _ = grade(course)
    assert {s: results[s].score for s in STUDENTS} == {s: CLASS[s][2] for s in STUDENTS}
    assert not (course.root / "gradebook.db").exists()
    with Gradebook(course.db_url, course.id) as gradebook:
        assert {s: gradebook.find_submission("toy", s).score for s in STUDENTS} == {s: CLASS[s][2] for s in STUDENTS}
        gradebook.find_grade("why", "toy", "toy", "half").manual_score = 1.5
        gradebook.db.commit()

    _, told = grade(course)
    assert any("are unchanged" in line for line in told)
    with Gradebook(course.db_url, course.id) as gradebook:
        assert gradebook.find_submission("toy", "half").score == CLASS["half"][2] + 1.5
