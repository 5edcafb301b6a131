"""What a run says and leaves is what the gradebook has: with a person's points, without penalties, as of today."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import find_alembic
from tests.grader import toy
from tests.grader.test_gradebook import PLUGIN

pytestmark = pytest.mark.usefixtures("loops_left_open")
ZERO = "c.LateSubmissionPlugin.penalty_method = 'zero'\n"


@pytest.fixture
def small(toy_course):
    """Ann in time, Bob an hour late; both right, and both have written a text for a person."""
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.update_or_create_assignment("toy", duedate="2026-03-01 12:00 UTC")
    toy.submit(toy_course.root, "ann", toy.honest(), "2026-03-01 11:00:00 UTC")
    toy.submit(toy_course.root, "bob", toy.honest(), "2026-03-01 13:00:00 UTC")
    return toy_course


def grade(course, *options: str) -> tuple[str, dict[str, dict]]:
    """Run the command; returns (what it said, student -> its JSON)."""
    file = course.root / "results.json"
    arguments = ["grade", "toy", "--course-dir", str(course.root), "--json", str(file), *options]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output, {found["student"]: found for found in json.loads(file.read_text())["submissions"]}


def in_the_gradebook(course) -> dict[str, float]:
    with Gradebook(course.db_url, course.id) as gradebook:
        rows = gradebook.assignment_submissions("toy")
        return {row.student.id: row.score - (row.late_submission_penalty or 0) for row in rows}


def judged(said: str) -> list[str]:
    return re.findall(r"^\[\d+/\d+\] (\w+)", said, re.MULTILINE)


def test_a_penalty_that_comes_and_goes_moves_the_points_without_judging_again(small):
    config = small.root / "nbgrader_config.py"
    plain = config.read_text()
    said, _ = grade(small)
    assert judged(said) == ["ann", "bob"] or judged(said) == ["bob", "ann"]
    (small.root / "per_hour.py").write_text(PLUGIN.format(penalty="total_seconds_late / 3600"))
    own = plain + "c.AssignLatePenalties.plugin_class = 'per_hour.PerHour'\n"
    for settings, bob in [(plain + ZERO, 0.0), (own, 4.0), (plain, 5.0)]:
        config.write_text(settings)
        said, found = grade(small)
        assert judged(said) == []
        assert in_the_gradebook(small) == {"ann": 5.0, "bob": bob}
        assert {student: each["final"] for student, each in found.items()} == {"ann": 5.0, "bob": bob}
        assert f"mean {(5 + bob) / 2:.2f} of 7" in said
        page = (small.root / "feedback/bob/toy/toy.html").read_text()
        assert f'<div class="score">{bob:g} <small>' in page


def test_what_is_printed_has_a_persons_points_and_says_what_waits(small):
    said, found = grade(small)
    assert "ann: graded, 5 of 7, 1 answer waits for a person" in said
    assert "2 answers wait for a person" in said
    assert {each["waiting"] for each in found.values()} == {1}
    with Gradebook(small.db_url, small.id) as gradebook:
        mark = gradebook.find_grade("why", "toy", "toy", "ann")
        mark.manual_score, mark.needs_manual_grade = 2.0, False
        gradebook.db.commit()
    said, found = grade(small)
    assert (found["ann"]["final"], found["ann"]["waiting"]) == (7.0, 0)
    assert found["ann"]["score"] == 5.0  # the autograder's own
    assert "mean 6.00 of 7" in said
    assert "1 answer waits for a person" in said


@pytest.mark.slow
def test_pages_that_nbgrader_put_in_place_of_ours_are_put_back(small):
    grade(small)
    page = small.root / "feedback/ann/toy/toy.html"
    ours = page.read_text()
    find_alembic()
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "toy", "--student", "ann", "--force"]
    done = subprocess.run(command, cwd=small.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert page.read_text() != ours
    said, _ = grade(small)
    assert judged(said) == []
    assert page.read_text() == ours


def test_a_page_that_is_gone_comes_back(small):
    grade(small)
    page = small.root / "feedback/ann/toy"
    shutil.rmtree(page)
    grade(small)
    assert (page / "toy.html").is_file()
