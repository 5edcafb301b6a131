"""The tests of the tests: right answers in other forms pass, and every row can be written into an answer cell."""

import builtins
import linecache

import numpy as np
import pytest

from autograder.runner.bindings import names_of
from course_utils.exercises import check
from course_utils.exercises.table import Mistake
from tests.exercises.table import MISTAKES, VARIANTS, checked, seeds_for


@pytest.mark.parametrize("exercise, variant", VARIANTS)
def test_a_right_answer_in_another_form_passes(exercise, variant):
    for seed in seeds_for(exercise):
        result = checked(exercise, variant.answer, seed)
        assert (result.status, result.points) == ("passed", exercise.points), f"seed {seed}: {result}"


def as_a_cell(text):
    """The file under which Python finds the text, as it finds that of a notebook's cell."""
    file = f"<cell {hash(text)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    return file


def is_trained_slip(exercise, row):
    """A slip of an answer that trains: it is compiled from this very source, so it is not trained again here."""
    return exercise.rounds == 1 and bool(getattr(row, "slip", None))


ROWS = [*MISTAKES, *VARIANTS]
TRAINED_SLIPS = [p for p in ROWS if is_trained_slip(*p.values)]


@pytest.mark.parametrize("exercise, answer", [p for p in ROWS if not is_trained_slip(*p.values)])
def test_the_source_written_for_a_student_behaves_like_the_table(exercise, answer):
    namespace = {"np": np, **exercise._given()}
    exec(compile(exercise.source_of(answer), as_a_cell(exercise.source_of(answer)), "exec"), namespace)
    result = check(exercise, namespace, [0])
    if isinstance(answer, Mistake):
        assert (result.points < exercise.points, result.mistake) == (True, answer.name), result
    else:
        assert (result.status, result.points) == ("passed", exercise.points), result


@pytest.mark.parametrize("exercise, slip", TRAINED_SLIPS)
def test_the_source_of_a_slip_needs_only_what_a_student_has(exercise, slip):
    namespace = {"np", *exercise._given(), *dir(builtins)}
    names = names_of(exercise.source_of(slip))
    assert names.needs | names.later <= namespace | names.binds
