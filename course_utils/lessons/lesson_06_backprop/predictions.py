"""What a reader expects before a cell shows it."""

from collections.abc import Mapping

import numpy as np

from course_utils.exercises import Choice, Option


def _changed(once: Mapping[str, np.ndarray], twice: Mapping[str, np.ndarray]) -> str:
    changed = {
        name for name in once if not np.array_equal(np.atleast_2d(once[name])[:1], np.atleast_2d(twice[name])[:1])
    }
    return {frozenset(): "a", frozenset({"dx"}): "b", frozenset({"dW", "db"}): "c", frozenset({"dW", "db", "dx"}): "d"}[
        frozenset(changed)
    ]


PREDICTIONS = [
    Choice(
        "twice-the-same",
        "The same example twice in the batch, each row of dz half as large. In which gradients do the numbers change?",
        [
            Option(
                "a", "in none", "`dW` and `db` stay. But `dx` has a row for each example, and no sum mends its half."
            ),
            Option(
                "b",
                "only in dx",
                "`dW` and `db` add up over the rows: two halves make a whole. `dx` keeps a row for each example, "
                "and each is half.",
            ),
            Option("c", "in dW and db", "They are sums over the rows: two halves make a whole."),
            Option("d", "in all three", "`dW` and `db` are sums over the rows, and two halves make a whole."),
        ],
        right="b",
        measured=_changed,
    ),
    Choice(
        "equal-start",
        "All weights start at 0.5. How many different neurons has the hidden layer of 16 after the training?",
        [
            Option(
                "a",
                "16: the training tells them apart",
                "Equal neurons get equal gradients, at every step. Nothing ever tells them apart.",
            ),
            Option("b", "a few", "There is nothing that could part even two of them: equal weights, equal gradients."),
            Option(
                "c",
                "1",
                "Equal neurons say the same, so they get the same gradient and move alike. Sixteen do the work of one.",
            ),
        ],
        right="c",
        measured=lambda different: "c" if different == 1 else "a" if different == 16 else "b",
    ),
]
