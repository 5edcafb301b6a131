"""The handbook for instructors, followed to the letter: its blocks are run as they stand, by a course from a wheel."""

from __future__ import annotations

import datetime
import re
import shlex
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.source import REPOSITORY
from tests.grader.places import Place

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loops_left_open")]
LESSON, DUE = "02_activations", datetime.datetime(2026, 3, 1, 22, 59)


def blocks(name: str, language: str) -> list[str]:
    """The blocks of a page in that language."""
    text = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def follow(place: Place, block: str) -> list[str]:
    """Give a block's commands; what each said."""
    said = []
    for line in block.splitlines():
        words = shlex.split(line, comments=True)
        match words:
            case ["cd", folder]:
                place.folder /= folder
            case ["course", "grade", *rest]:
                said.append(place.course("grade", *rest, code=None))  # the made-up class has damaged ones
            case ["course", *rest]:
                said.append(place.course(*rest))
            case ["nbgrader", *rest]:
                said.append(place.nbgrader(*rest))
            case _:
                said.append(place.shell(line))
    return said


def points(course: Path) -> dict[str, tuple[float, float]]:
    """Student -> (score, what lateness took off)."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", course.name) as gradebook:
        rows = gradebook.assignment_submissions(LESSON)
        return {row.student.id: (row.score, row.late_submission_penalty or 0.0) for row in rows}


def test_the_first_class_and_the_week_after(tmp_path, installed):
    teacher = Place(tmp_path, tmp_path / "home", installed)
    begin, rest = blocks("instructors.md", "bash")[0].split("nbgrader db student import", 1)
    follow(teacher, begin)
    course = teacher.folder
    (course / "students.csv").write_text("id,first_name,last_name,email\nann,Ann,Lee,\n")
    follow(teacher, "nbgrader db student import" + rest)
    assert (course / "grades.csv").read_text().startswith("assignment,student_id")
    before = points(course)
    assert len(before) == 5
    assert {penalty for _, penalty in before.values()} == {0.0}
    # The week: a due date, a penalty, an extension. The best of them becomes Ann, 26 hours late.
    best = max(before, key=before.get)
    score = before[best][0]
    (course / "submitted" / best).rename(course / "submitted" / "ann")
    late = DUE + datetime.timedelta(hours=26)
    (course / "submitted" / "ann" / LESSON / "timestamp.txt").write_text(f"{late} UTC")
    due, leaves = blocks("instructors-week.md", "bash")
    follow(teacher, due)
    plugin, setting, extension = blocks("instructors-week.md", "python")
    (course / "late.py").write_text(plugin)
    settings = course / "nbgrader_config.py"
    plain = settings.read_text()
    settings.write_text(plain + setting)
    follow(teacher, f"course grade {LESSON}")
    assert points(course)["ann"] == (score, pytest.approx(0.2 * score))
    teacher.run("-c", extension)
    follow(teacher, f"course grade {LESSON}")
    assert points(course)["ann"] == (score, 0.0)
    follow(teacher, leaves)
    follow(teacher, f"course grade {LESSON}")
    assert "ann" not in points(course)
