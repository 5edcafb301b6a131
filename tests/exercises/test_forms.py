"""The tests of the tests: right answers in other forms pass, written as a student would type them."""

import pytest

from course_utils.exercises import check
from tests.exercises.table import VARIANTS, seeds_for, typed


@pytest.mark.parametrize("exercise, variant", VARIANTS)
def test_a_right_answer_in_another_form_passes(exercise, variant):
    for seed in seeds_for(exercise):
        result = check(exercise, typed(exercise, variant), [seed])
        assert (result.status, result.points) == ("passed", exercise.points), f"seed {seed}: {result}"
