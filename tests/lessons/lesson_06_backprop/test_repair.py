"""What a repair task tells: it sees lines, bugs and letters for what they are."""

import pytest

from course_utils.exercises import check
from course_utils.exercises.program_text import written
from course_utils.lessons.lesson_06_backprop import lesson

moons = lesson["repair-moons"]
GIVEN, RIGHT, LETTER = moons.given(), moons.reference.text, moons.reference.letter


def told(text, letter=LETTER):
    return check(moons, {"moons": written(text, moons._right.answer), "symptom": letter}, [0])


@pytest.mark.parametrize(
    ("text", "letter", "status", "points", "words"),
    [
        (GIVEN, ..., "not_attempted", 0, "write the letter of what you see"),
        (GIVEN, LETTER, "partial", 1, moons.mistakes[0].hint),
        (RIGHT, ..., "partial", 1, "no letter yet"),
        (RIGHT, "x", "partial", 1, "one of the letters"),
        (RIGHT, LETTER, "passed", 2, moons.bugs[0].why),
        (RIGHT.replace("range(60)", "range(70)"), LETTER, "passed", 2, moons.bugs[0].why),
        (RIGHT.replace("    losses = []", "    # all\n\n    losses = [\n    ]  # none"), LETTER, "passed", 2, ""),
        (GIVEN.replace("range(60)", "range(70)"), "a", "wrong", 0, "look at `symptom`"),
        (RIGHT.replace("range(60)", "range(6)"), LETTER, "partial", 1, "the symptom is still there"),
        (RIGHT.replace("range(60)", "range(2)"), LETTER, "partial", 1, "it learns otherwise than as given"),
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


def test_another_program_is_printed(capsys):
    lesson.program("repair-moons", 2)
    assert capsys.readouterr().out.rstrip() == moons.bugs[1].text.rstrip()
    with pytest.raises(ValueError, match="no programs to repair"):
        lesson.program("graph-gradients")


def test_a_program_that_is_not_there_is_told():
    with pytest.raises(ValueError, match="the programs 1 to 5, not 6"):
        moons.given(6)
