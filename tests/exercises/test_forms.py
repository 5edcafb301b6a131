"""The tests of the tests: right answers in other forms pass, and every row can be written into an answer cell."""

import numpy as np
import pytest

from course_utils.exercises import check
from tests.exercises.table import MISTAKES, VARIANTS, checked, seeds_for


@pytest.mark.parametrize("exercise, variant", VARIANTS)
def test_a_right_answer_in_another_form_passes(exercise, variant):
    for seed in seeds_for(exercise):
        result = checked(exercise, variant.answer, seed)
        assert (result.status, result.points) == ("passed", exercise.points), f"seed {seed}: {result}"


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
