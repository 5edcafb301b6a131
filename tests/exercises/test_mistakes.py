"""The tests of the tests: every known mistake is rejected by its own name, alone and two at once."""

import re
import time
from itertools import islice

import pytest

from course_utils.exercises import check, quiet
from course_utils.exercises.recognise import MOST_PAIRS
from course_utils.exercises.table import both, pairs
from tests.exercises.table import EXERCISES, MISTAKES, WITH_PAIRS, checked, seeds_for, typed


@pytest.mark.parametrize("exercise, mistake", MISTAKES)
def test_a_mistake_is_rejected_and_named(exercise, mistake):
    """Its source is checked: where mistakes are run, it is known only if it behaves like the table's own function."""
    for seed in seeds_for(exercise):
        result = check(exercise, typed(exercise, mistake), [seed])
        assert result.points < exercise.points, f"seed {seed}: accepted"
        assert result.mistake == mistake.name, f"seed {seed}: named {result.mistake}\n{result}"
        assert result.message.startswith(mistake.hint)


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_no_answer_with_keras_is_run_to_recognise_a_mistake(lesson, exercise):
    for mistake in exercise.mistakes:
        needs_it = exercise.kind != "values" and re.search(r"\b(keras|tf|tensorflow)\.", exercise.source_of(mistake))
        if needs_it or exercise._accept:
            assert mistake.when, mistake.name


@pytest.mark.parametrize(("lesson", "exercise"), WITH_PAIRS)
def test_an_answer_with_two_slips_is_told_both(lesson, exercise):
    """Some pairs hide each other, or behave like one mistake; one that does not is recognised on every seed."""
    for one, other in pairs(exercise.mistakes):
        made = both(one, other)
        results = [checked(exercise, made.answer, seed) for seed in range(5)]
        if {r.mistake for r in results} == {made.name}:
            assert all(r.points < exercise.points and r.message == made.hint for r in results)
            assert one.hint in made.hint and other.hint in made.hint and made.hint.startswith("Two things, ")
            return
    pytest.fail("no pair of slips is recognised")


@pytest.mark.parametrize(("lesson", "exercise"), WITH_PAIRS)
def test_every_pair_of_slips_comes_to_an_end(lesson, exercise):
    """One that has no end is stopped, and with it the search for the others."""
    case = exercise.draw(0)[0]
    for one, other in islice(pairs(exercise.mistakes), MOST_PAIRS):
        started = time.process_time()
        with quiet():
            exercise.behaviour(both(one, other).answer, case)
        assert time.process_time() - started < 1, f"{one.name} + {other.name}"
