"""The four steps of an open task: what fails is shown, and what was not asked about is not said to fail."""

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import check

TASK = lessons.load("05m_promise")["train"]
NAMES = {"np": np}
exec(TASK.solution(), NAMES)
GOOD = NAMES["train"]


def nothing(x, y, seed):
    """Returns no function."""
    x.mean(axis=0)


def poor(x, y, seed):
    """Learns less than is asked for."""
    return lambda rows: np.full(len(rows), np.quantile(y, 0.9))


def poor_and_careless(x, y, seed):
    """Learns little, and changes its rows."""
    y[:] = 0
    return poor(x, y, seed)


def drawn(x, y, seed):
    """Draws a little of each answer."""
    predict, rng = GOOD(x, y, seed), np.random.default_rng(seed)
    return lambda rows: predict(rows) + rng.normal(size=len(rows)) * 0.3


@pytest.mark.parametrize(
    ("answer", "states"),
    [
        (GOOD, "✓✓✓✓"),
        (drawn, "✓✓✗✓"),
        (poor, "✗··✓"),
        (poor_and_careless, "✗··✗"),
        (nothing, "✗···"),
    ],
)
def test_a_step_fails_only_where_it_was_asked_about(answer, states):
    signs = {"passed": "✓", "failed": "✗", "not reached": "·"}
    assert "".join(signs[stage.state] for stage in check(TASK, {"train": answer}, [0]).stages) == states
