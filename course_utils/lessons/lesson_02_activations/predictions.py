"""What a reader expects before a cell shows it."""

import numpy as np

from course_utils.exercises import Choice, Option


def _sum_of_two(total: float) -> str:
    return "a" if np.isclose(total, 1) else "b" if total < 1 else "c"


def _shares(shares: np.ndarray) -> str:
    if np.isnan(shares).all():
        return "c"
    return "b" if shares.max() > 0.99 else "a"


PREDICTIONS = [
    Choice(
        "opposites",
        "σ(5) and σ(−5) together make 1. How much do σ(2) and σ(−2) make together?",
        [
            Option(
                "a", "1 as well", "What σ(x) leaves of 1 is σ(−x), for every x: the curve is the same from both ends."
            ),
            Option("b", "less than 1", "σ(2) is less than σ(5), but σ(−2) is more than σ(−5), by just as much."),
            Option("c", "more than 1", "σ(−2) is more than σ(−5), but σ(2) is less than σ(5), by just as much."),
        ],
        right="a",
        measured=_sum_of_two,
    ),
    Choice(
        "large-scores",
        "What does the formula of softmax say for the scores 1000, 1001, 999?",
        [
            Option(
                "a",
                "0.24, 0.67 and 0.09, as for 1, 2, 0",
                "On paper it is so, since only the differences count. But on its way the computer meets "
                "`np.exp(1000)`.",
            ),
            Option(
                "b", "0, 1 and 0: the largest takes all", "The scores are only 1 apart. That is not enough for 0 and 1."
            ),
            Option(
                "c",
                "nan three times",
                "`np.exp(1000)` is too large for a float, so it is `inf`. And `inf / inf` is `nan`.",
            ),
            Option(
                "d",
                "nothing: an error stops it",
                "Floats do not stop. They go on with `inf` and `nan`, so nobody may notice.",
            ),
        ],
        right="c",
        measured=_shares,
    ),
]
