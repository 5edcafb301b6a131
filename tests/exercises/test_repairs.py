"""Repair tasks: each bug shows its symptom and no other; the check sees lines, bugs and letters for what they are."""

import json
from pathlib import Path

import pytest

from course_utils import lessons
from course_utils.exercises import RepairExercise, check, quiet
from course_utils.exercises.program_text import Program, changed_lines, written
from tests.exercises.table import EXERCISES

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
REPAIRS = [p for p in EXERCISES if isinstance(p.values[1], RepairExercise)]
moons = lessons.load("06_backprop")["repair-moons"]
GIVEN, RIGHT, LETTER = moons.given(), moons.reference.text, moons.reference.letter


@pytest.mark.parametrize(("lesson", "exercise"), REPAIRS)
def test_every_bug_shows_its_symptom_and_no_other(lesson, exercise):
    for bug in exercise.bugs:
        for seed in (101, 102):
            with quiet():
                learning = exercise._learning(bug.function, exercise.draw(seed)[0])
            shown = "".join(letter for letter, symptom in exercise.symptoms.items() if symptom.shows(learning))
            assert shown == bug.letter, f"{bug.name}, seed {seed}: {learning}"


@pytest.mark.parametrize(("lesson", "exercise"), REPAIRS)
def test_the_lesson_holds_the_first_program_and_every_symptom(lesson, exercise):
    cells = json.loads((LESSONS / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    answer = next(text for text in texts if text.startswith(f"def {exercise.names[0]}("))
    program, _, rest = answer.partition("\n\n\n")
    assert changed_lines(exercise.bugs[0].lines, Program.of(as_typed(program, exercise)).lines) == []
    assert Program.of(as_typed(program, exercise)).number == 1
    assert rest.split() == ["symptom", "=", "...", "#", "YOUR", "CODE", "HERE"]
    for letter, symptom in exercise.symptoms.items():
        assert any(f"**{letter}** · {symptom.text}" in text for text in texts), letter


def as_typed(text, exercise=moons):
    return written(text, exercise._right.answer)


def told(text, letter=LETTER):
    return check(moons, {"moons": as_typed(text), "symptom": letter}, [0])


@pytest.mark.parametrize(
    ("text", "letter", "status", "points", "words"),
    [
        (GIVEN, ..., "not_attempted", 0, "Write your answer"),
        (GIVEN, LETTER, "partial", 1, moons.mistakes[0].hint),
        (RIGHT, ..., "partial", 1, "still to do"),
        (RIGHT, "x", "partial", 1, "one of the letters"),
        (RIGHT, LETTER, "passed", 2, moons.bugs[0].why),
        (RIGHT.replace("range(60)", "range(70)"), LETTER, "passed", 2, moons.bugs[0].why),
        (RIGHT.replace("    losses = []", "    # all\n\n    losses = [\n    ]  # none"), LETTER, "passed", 2, ""),
        (GIVEN.replace("range(60)", "range(70)"), "a", "wrong", 0, "look at `symptom`"),
        (RIGHT.replace("range(60)", "range(2)"), LETTER, "partial", 1, "the symptom is still there"),
        (RIGHT.replace("dW1, db1 = ", "db1, dW1 = "), LETTER, "partial", 1, "stopped with ValueError"),
        (RIGHT.replace(" / 4", " / 5").replace("range(60)", "range(70)"), LETTER, "wrong", 0, "You changed 3 lines"),
        (RIGHT.replace("np.maximum(0, z)", "mine(z)"), LETTER, "wrong", 0, "uses `mine`"),
        (RIGHT.replace("return losses, ", "return "), LETTER, "partial", 1, "return two things"),
        (RIGHT.replace("return losses, ", "return [0.0] * 60, 1 + 0 * "), LETTER, "partial", 1, "are right"),
        (moons.given(2), moons.bugs[1].letter, "partial", 1, moons.mistakes[1].hint),
        (RIGHT.replace("Program 1", "Program 2"), moons.bugs[1].letter, "passed", 2, moons.bugs[1].why),
        (RIGHT.replace("Program 1", "Program 2"), LETTER, "partial", 1, moons.symptoms[LETTER].because),
        (RIGHT.replace("Program 1: ", ""), LETTER, "passed", 2, ""),
    ],
)
def test_what_is_told(text, letter, status, points, words):
    result = told(text, letter)
    assert (result.status, result.points) == (status, points), result
    assert words in result.message


def test_what_is_no_program_is_told():
    for wrong in (3, len, type, lambda x: x):
        result = check(moons, {"moons": wrong, "symptom": LETTER}, [0])
        assert (result.status, result.points) == ("wrong", 0) and "`moons`" in result.message


def test_a_line_that_was_moved_is_two():
    lines = ["a = 1", "b = 2", "c = 3"]
    assert changed_lines(lines, ["b = 2", "c = 3", "a = 1"]) == ["a = 1", "a = 1"]
    assert changed_lines(lines, ["a = 1", "c = 3"]) == ["b = 2"]
    assert changed_lines(lines, lines) == []


def test_a_program_that_is_not_there_is_told():
    with pytest.raises(ValueError, match="the programs 1 to 5, not 6"):
        moons.given(6)
