"""Repair tasks: each bug shows its symptom and no other, and the lesson holds the program that the table knows."""

import json
from pathlib import Path

import pytest

from course_utils.exercises import RepairExercise, quiet
from course_utils.exercises.program_text import Program, changed_lines, written
from tests.exercises.table import EXERCISES

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
REPAIRS = [p for p in EXERCISES if isinstance(p.values[1], RepairExercise)]


@pytest.mark.parametrize(("lesson", "exercise"), REPAIRS)
def test_every_bug_shows_its_symptom_and_no_other(lesson, exercise):
    for bug in exercise.bugs:
        for seed in (101,) if "keras" in Program.of(bug.function).names else (101, 102, 103):
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


def as_typed(text, exercise):
    return written(text, exercise._right.answer)


def test_a_line_that_was_moved_is_two():
    lines = ["a = 1", "b = 2", "c = 3"]
    assert changed_lines(lines, ["b = 2", "c = 3", "a = 1"]) == ["a = 1", "a = 1"]
    assert changed_lines(lines, ["a = 1", "c = 3"]) == ["b = 2"]
    assert changed_lines(lines, lines) == []
