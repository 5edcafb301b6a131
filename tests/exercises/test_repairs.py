"""Repair tasks: each bug shows its symptom and no other, and the lesson holds the program that the table knows."""

import json
from pathlib import Path

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import RepairExercise, check, quiet
from course_utils.exercises.program_text import Program, changed_lines, written
from course_utils.exercises.repair import SYMPTOM, _numbered
from course_utils.exercises.symptoms import Goal, Learning, jumps, leaps, only_training, stays_high
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


@pytest.mark.parametrize(
    ("losses", "seen"),
    [
        ([2.1, 1.0, 0.4, 20.0, 2.3, 2.2, 2.3], [leaps, jumps]),
        ([2.1, 1.0, 0.4, 20.0, 2.3, 0.5, 0.05], [only_training]),  # it came back
        ([2.1, 1.0, 0.4, 60.0, 55.0, 52.0, 50.0], []),  # it became huge
        ([2.3, 20.0, 2.3, 2.2, 2.3], [jumps]),  # it was never low
        ([1.0, 6.0, 0.8, 7.0, 0.9, 6.0], [jumps]),  # more than once
        ([2.1, 1.0, 0.4, 0.5, 0.4, 0.6, 0.5], [stays_high]),
    ],
)
def test_a_leap_happens_once_and_lasts(losses, seen):
    learning = Learning(np.array(losses), 0.1, Goal(loss=0.1, accuracy=0.9, classes=10))
    assert [s for s in (leaps, jumps, stays_high, only_training) if s.shows(learning)] == seen


@pytest.fixture
def repair():
    return lessons.load("06_backprop")["repair-moons"]


def said_of(repair, symptom, number=1, program=""):
    """What the check says of the right program, made of the program of this number, with this symptom."""
    text = program or repair._right.source
    return check(repair, {repair.names[0]: as_typed(_numbered(text, number), repair), SYMPTOM: symptom}, [0])


@pytest.mark.parametrize("symptom", [" d", "D", "d"])
def test_a_letter_counts_however_it_is_written(repair, symptom):
    assert repair.bugs[0].letter == "d" and said_of(repair, symptom).status == "passed"


@pytest.mark.parametrize("symptom", [None, ..., "The loss jumps.", 4, "z"])
def test_what_is_no_letter_is_asked_for_one_in_quotation_marks(repair, symptom):
    assert 'Write the letter alone, in quotation marks, such as "a".' in said_of(repair, symptom).message


def test_a_wrong_letter_is_told_with_its_sentence_and_whose_curve_to_look_at(repair):
    wrong = said_of(repair, "a")
    assert wrong.mistake == "symptom-a" and f'"a" says “{repair.symptoms["a"].text}”' in wrong.message
    assert "Yours is program" not in wrong.message
    number, bug = next((n, bug) for n, bug in enumerate(repair.bugs, start=1) if bug.letter not in "ad")
    for letter in "ad":  # that of program 1 too
        assert f"Yours is program {number}, which has a curve of its own." in said_of(repair, letter, number).message
    both = said_of(repair, "d", number, bug.text).message
    assert both.index(next(m.hint for m in repair.mistakes if m.name == bug.name)) < both.index("And look at `symptom`")


def test_an_untouched_program_is_told_how_to_begin(repair):
    assert "write the letter of what you see" in said_of(repair, ..., program=repair.given()).message


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("losses.append(", "losses.append(nonsense + ", "it stopped with NameError: name 'nonsense' is not defined"),
        ("return losses, ", "return ", "it should return two things"),
    ],
)
def test_a_program_that_cannot_be_drawn_is_told_of(repair, right, wrong, told, capsys):
    text = repair._right.source.replace(right, wrong)
    assert set(repair.learned(as_typed(text, repair))) == {"as given"}
    assert f"Yours is not in the picture: {told}" in capsys.readouterr().out
