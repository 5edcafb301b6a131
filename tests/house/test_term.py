"""The plan of a term has the lessons' minutes and points; the notes name mistakes and sections that are there."""

from __future__ import annotations

import re
from functools import cache

import pytest

from course_utils import lessons
from tests.house.source import ROOT

PLAN = (ROOT / "docs" / "instructors-term.md").read_text("utf-8")
NOTES = "".join(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("instructors-notes-*.md")))
LONGEST = 120  # minutes that a lesson may ask for at a time
SECTIONS = {text.partition(" ")[0]: text for text in re.split(r"^## ", NOTES, flags=re.MULTILINE)[1:]}
ROWS = re.findall(r"^\| (\d+) \| (\d[\w, ]+) \| ([\d–]+) \| (\d+) \| (\d+) \|", PLAN, re.MULTILINE)
TOTALS = re.findall(r"^\| all \| \| ([\d–]+) \| (\d+) \| (\d+) \|", PLAN, re.MULTILINE)
OPTIONAL = re.findall(
    r"^Lesson (\w+) is optional: ([\d–]+) minutes, (\d+) of them exercises, (\d+) points", PLAN, re.MULTILINE
)
MARK = re.compile(r"`([a-z0-9-]+)/([\w'-]+)`")


@cache
def source(number: str) -> str:
    name = next(name for name in lessons.names() if lessons.number(name) == number)
    return (ROOT / "solutions" / name / f"{name}.py").read_text("utf-8")


def span(minutes: str) -> tuple[int, int]:
    low, _, high = minutes.partition("–")
    return int(low), int(high or low)


def added_up(figures) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*figures, strict=True))


def stated(number: str) -> tuple[int, int, int, int]:
    """What the lesson says of itself: its minutes from and to, those of its exercises, and its points."""
    minutes, points = re.search(r"\*\*Time:\*\* ([\d–]+) minutes.*\*\*Points:\*\* (\d+)", source(number)).groups()
    return *span(minutes), exercise_minutes(source(number)), int(points)


def exercise_minutes(text: str) -> int:
    return sum(map(int, re.findall(r"★☆* · (\d+) minutes(?! · \d+ extra)", text)))


def sittings(number: str) -> list[tuple[int, int, int]]:
    """What each sitting of a lesson asks for: its minutes from and to, and those of its exercises."""
    said = re.search(r"\*\*Time:\*\* (.*?) ·", source(number))[1]
    minutes = re.findall(r"(\d+–?\d*)(?= before| between| after)", said) or re.findall(r"[\d–]+(?= minutes)", said)
    texts = re.split(r"\*\*A good place for a break", source(number))
    assert len(minutes) == len(texts), "the line under the title says the minutes of each sitting"
    return [(*span(m), exercise_minutes(text)) for m, text in zip(minutes, texts, strict=True)]


@pytest.mark.parametrize("number", [lessons.number(name) for name in lessons.names()])
def test_no_lesson_asks_for_more_than_two_hours_without_a_break(number):
    low, high, _, _ = stated(number)
    parts = sittings(number)
    assert (sum(p[0] for p in parts), sum(p[1] for p in parts)) == (low, high)
    for first, last, exercises in parts:
        assert exercises <= first <= last <= LONGEST, "mark a break, and say the minutes before and after it"
    breaks = re.split(r"\*\*A good place for a break", source(number))[1:]
    for told in breaks:
        assert re.match(r"\.\*\* \*What stands:\* [^*]+ \*What comes:\* ", told)
        assert "Run All Above Selected Cell" in told.partition("# ## ")[0], "say how to come back"


@pytest.mark.parametrize(("week", "taught", "minutes", "exercises", "points"), ROWS)
def test_a_week_asks_what_its_lessons_state(week, taught, minutes, exercises, points):
    assert (*span(minutes), int(exercises), int(points)) == added_up(map(stated, taught.split(", "))), week


def test_the_weeks_make_the_totals():
    weeks = [(week, (*span(minutes), int(exercises), int(points))) for week, _, minutes, exercises, points in ROWS]
    begin = [place for place, (week, _) in enumerate(weeks) if week == "1"]
    plans = [weeks[begin[0] : begin[1]], weeks[begin[1] :]]
    assert [len(plan) for plan in plans] == [12, 8]
    said = [(*span(minutes), int(exercises), int(points)) for minutes, exercises, points in TOTALS]
    assert said == [added_up(figures for _, figures in plan) for plan in plans]


def test_optional_lessons_are_in_no_week_and_have_a_line_of_their_own():
    optional = [lessons.number(name) for name in lessons.names() if lessons.load(name).optional]
    said = {number: (*span(minutes), int(exercises), int(points)) for number, minutes, exercises, points in OPTIONAL}
    assert said == {number: stated(number) for number in optional}
    assert not {number for _, taught, *_ in ROWS for number in taught.split(", ")} & set(optional)


def test_every_lesson_has_its_notes():
    assert list(SECTIONS) == list(map(lessons.number, lessons.names()))


@pytest.mark.parametrize("name", lessons.names())
def test_the_notes_name_mistakes_and_sections_that_are_there(name):
    text, exercises = SECTIONS[lessons.number(name)], lessons.load(name).exercises
    marks = MARK.findall(text)
    assert len(marks) >= 4
    assert len(re.findall(r"^\d\. .*\?", text, re.MULTILINE)) == 3
    for exercise, mistake in marks:
        assert mistake in {known.name for known in exercises[exercise].mistakes}, f"{exercise}/{mistake}"
    for section in re.findall(r"§ (\d+)", text):
        assert f"\n# ## {section}. " in source(lessons.number(name)), f"section {section}"
