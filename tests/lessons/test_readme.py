"""The README's table of lessons says what is there."""

import re
from pathlib import Path

from course_utils import exercises
from course_utils.course_map import LESSONS

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\d\d_\w+)` \| (.+?) \| (\d+) \| ([\d.]+) \|$", README, re.MULTILINE)


def test_the_table_holds_every_lesson_with_its_exercises_and_points():
    teaches = {lesson.name: lesson.teaches for lesson in LESSONS}
    expected = []
    for name in exercises.names():
        lesson = exercises.load(name)
        expected.append((name, teaches[name], str(len(lesson.exercises)), f"{lesson.points:g}"))
    assert expected == ROWS


def test_the_number_of_known_mistakes_is_no_boast():
    lessons = [exercises.load(name) for name in exercises.names()]
    known = sum(len(exercise.mistakes) for lesson in lessons for exercise in lesson.exercises.values())
    assert known > 600 and "more than six hundred mistakes" in README
