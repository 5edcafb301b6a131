"""The tests of the tests: references pass, stubs score nothing, nonsense is told.

Mistakes and right answers in other forms have files of their own, so that the tests run side by side.
"""

import subprocess
import sys
import types

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check
from tests.exercises.table import EXERCISES, LESSONS, MISTAKES, VARIANTS, checked, seeds_for


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_the_reference_passes_on_every_seed(lesson, exercise, monkeypatch):
    monkeypatch.setattr(exercise, "solutions", ())
    for seed in seeds_for(exercise):
        result = checked(exercise, exercise.reference, seed)
        assert (result.status, result.points, result.mistake) == ("passed", exercise.points, None), (
            f"seed {seed}: {result}"
        )


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
for name in lessons.names():
    for exercise in lessons.load(name).exercises.values():
        if exercise.kind != "text":
            assert [exercise.expected(case) for case in exercise.draw(3)], exercise.id
        loaded = {"tensorflow", "keras", "fastapi", "sklearn.ensemble", "IPython"} & set(sys.modules)
        assert not loaded, f"{name}/{exercise.id} loads {sorted(loaded)}"
print(len(lessons.names()))
"""


def test_the_judge_needs_no_tensorflow():
    done = subprocess.run([sys.executable, "-c", WITHOUT_TENSORFLOW], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == str(len(LESSONS)), done.stderr


def test_the_checks_can_fail():
    """A checker that accepted everything would pass the tests above only if these rows were empty."""
    assert LESSONS and EXERCISES and MISTAKES and VARIANTS
    assert all(exercise.mistakes for _, exercise in (p.values for p in EXERCISES))


def arrays_in(value):
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from arrays_in(item)


def test_no_answer_can_spoil_a_constant_for_the_next():
    for lesson in LESSONS:
        lessons.load(lesson.name)  # once more: another test may have imported a module of pictures since
    modules = [module for name, module in sys.modules.items() if name.startswith("course_utils.lessons.lesson_")]
    constants = [
        (module.__name__, name, array)
        for module in modules
        for name, value in vars(module).items()
        for array in arrays_in(value)
    ]
    assert len(constants) > 20
    assert [(where, name) for where, name, array in constants if array.flags.writeable] == []


def test_arrays_of_a_module_that_is_imported_later_cannot_be_written_to_either(monkeypatch):
    lessons.load("02_activations")
    later = types.ModuleType("course_utils.lessons.lesson_02_activations.later")
    later.TABLE, later.ROWS = np.ones(2), [np.ones(2)]
    monkeypatch.setitem(sys.modules, later.__name__, later)
    lessons.load("02_activations")
    assert not later.TABLE.flags.writeable and not later.ROWS[0].flags.writeable
