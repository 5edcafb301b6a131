"""No broken answer passes unexplained: in full where checks are quick, a sample where a network is built or trained.

`course prove` tries all of them.
"""

import pytest

from autograder.prove.survivors import broken_answers, prove_exercise
from tests.exercises.table import EXERCISES

TRIED_WHERE_IT_TRAINS = 3


# The limit of time may strike inside a callback of the garbage collector, which can only report it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_no_broken_answer_passes_unexplained(lesson, exercise):
    trains = exercise.rounds == 1 and exercise.kind != "values"
    every = max(len(broken_answers(exercise)) // TRIED_WHERE_IT_TRAINS, 1) if trains else 1
    proof = prove_exercise(lesson, exercise, every)
    assert proof.tried and not proof.survivors and not proof.idle
