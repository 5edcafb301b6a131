"""The tests of the tests: references pass, mistakes are rejected by name, stubs score nothing, variants pass."""

import re
import subprocess
import sys
import time

import numpy as np
import pytest

from course_utils.exercises import check, quiet
from course_utils.exercises.table import both, pairs
from tests.exercises.table import EXERCISES, LESSONS, MISTAKES, VARIANTS, WITH_PAIRS, checked, names_with, seeds_for


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_the_reference_passes_on_every_seed(lesson, exercise):
    for seed in seeds_for(exercise):
        result = checked(exercise, exercise.reference, seed)
        assert (result.status, result.points, result.mistake) == ("passed", exercise.points, None), (
            f"seed {seed}: {result}"
        )


@pytest.mark.parametrize("exercise, mistake", MISTAKES)
def test_a_mistake_is_rejected_and_named(exercise, mistake):
    for seed in seeds_for(exercise):
        result = checked(exercise, mistake.answer, seed)
        assert result.points < exercise.points, f"seed {seed}: accepted"
        assert result.mistake == mistake.name, f"seed {seed}: named {result.mistake}\n{result}"
        assert result.message == mistake.hint


@pytest.mark.parametrize("exercise, variant", VARIANTS)
def test_a_right_answer_in_another_form_passes(exercise, variant):
    for seed in seeds_for(exercise):
        result = checked(exercise, variant.answer, seed)
        assert (result.status, result.points) == ("passed", exercise.points), f"seed {seed}: {result}"


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_an_untouched_stub_scores_nothing(lesson, exercise):
    def stub(*args): ...

    untouched = dict.fromkeys(exercise.names, stub if exercise.kind == "function" else ...)
    result = check(exercise, untouched, [0])
    assert (result.status, result.points) == ("not_attempted", 0)
    assert check(exercise, {}, [0]).status == "missing"


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_an_exercise_has_enough_rows(lesson, exercise):
    assert len(exercise.mistakes) >= 4 and len({m.name for m in exercise.mistakes}) == len(exercise.mistakes)
    assert len({m.hint for m in exercise.mistakes}) == len(exercise.mistakes), "each mistake has its own hint"
    assert len(exercise.variants) >= 2
    assert exercise.points > 0


@pytest.mark.parametrize("exercise, answer", [*MISTAKES, *VARIANTS])
def test_the_source_written_for_a_student_behaves_like_the_table(exercise, answer):
    namespace = {"np": np, **exercise._given()}
    exec(exercise.source_of(answer), namespace)
    from_source = check(exercise, namespace, [0])
    from_table = checked(exercise, answer.answer, 0)
    assert (from_source.status, from_source.points, from_source.mistake) == (
        from_table.status,
        from_table.points,
        from_table.mistake,
    )


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_a_result_of_the_wrong_kind_is_told_and_scores_nothing(lesson, exercise):
    if exercise.kind != "function":
        wrong = {name: object() for name in exercise.names}
    else:
        wrong = {exercise.names[0]: lambda *args, **kwargs: "nonsense"}
    result = check(exercise, wrong, [0])
    assert result.points == 0 and result.message, result


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_an_answer_that_raises_does_not_stop_the_notebook(lesson, exercise):
    if exercise.kind != "function":
        pytest.skip("only functions can raise when they are used")

    class Broken:
        def __init__(self, *args, **kwargs):
            raise ZeroDivisionError("planted")

    result = check(exercise, {exercise.names[0]: Broken}, [0])
    assert (result.status, result.points) == ("error", 0)
    assert "planted" in result.message


WITHOUT_TENSORFLOW = """
import sys
from course_utils import lessons
for exercise in lessons.load({name!r}).exercises.values():
    if exercise.kind != "text":
        assert [exercise.expected(case) for case in exercise.draw(3)], exercise.id
print(sorted({{"tensorflow", "keras", "fastapi", "sklearn.ensemble", "IPython"}} & set(sys.modules)))
"""


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_judge_needs_no_tensorflow(lesson):
    code = WITHOUT_TENSORFLOW.format(name=lesson.name)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


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
            assert one.hint in made.hint and other.hint in made.hint and made.hint.startswith("Two things: ")
            return
    pytest.fail("no pair of slips is recognised")


@pytest.mark.parametrize(("lesson", "exercise"), WITH_PAIRS)
def test_every_pair_of_slips_comes_to_an_end(lesson, exercise):
    """They are run in the notebook and in the judge, where nothing stops them."""
    case = exercise.draw(0)[0]
    for one, other in pairs(exercise.mistakes):
        started = time.process_time()
        with quiet():
            exercise.behaviour(both(one, other).answer, case)
        assert time.process_time() - started < 1, f"{one.name} + {other.name}"


def test_the_checks_can_fail():
    """A checker that accepted everything would pass the tests above only if these rows were empty."""
    assert LESSONS and EXERCISES and MISTAKES and VARIANTS
    for _, exercise in (p.values for p in EXERCISES):
        answers = [names_with(exercise, m.answer) for m in exercise.mistakes]
        assert answers, exercise.id
