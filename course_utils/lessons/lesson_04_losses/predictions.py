"""What a reader expects before a cell shows it."""

import numpy as np

from course_utils.exercises import Choice, Option


def _loss_of_40(loss: float) -> str:
    if np.isnan(loss):
        return "d"
    return "b" if np.isinf(loss) else "c" if loss < 30 else "a"


PREDICTIONS = [
    Choice(
        "perfect-loss",
        "Every prediction is right. Labels of shape (4,), predictions of shape (4, 1): what is the loss?",
        [
            Option(
                "a", "0", "It would be, if each prediction met its own label. Here each of them meets all four labels."
            ),
            Option(
                "b",
                "more than 100",
                lambda loss: (
                    "A column and a row make a table: NumPy takes every label from every prediction, 16 differences in "
                    f"place of 4, and most of them are not 0. Their mean square is {loss:g}."
                ),
            ),
            Option(
                "c",
                "none: the shapes differ, so it stops",
                "NumPy stretches a column and a row to a table, without a word.",
            ),
        ],
        right="b",
        measured=lambda loss: "a" if loss == 0 else "b",
    ),
    Choice(
        "who-pays-least",
        "Three people bet on the ten events, a thousand times. Who pays least?",
        [
            Option(
                "a",
                "who says the true probability of each event",
                "Of all bets on an event, its true probability has the smallest mean price. Whoever says more, or less, "
                "loses more on the bad days than they save on the good ones.",
            ),
            Option(
                "b",
                "who says 50 % each time",
                "That is never very wrong, and costs 0.693 each time. Whoever knows more about an event pays less.",
            ),
            Option(
                "c",
                "who says 99 % for the likelier side",
                "When the likelier side comes, this costs only 0.01. But each time the other side comes, it costs 4.605.",
            ),
        ],
        right="a",
        measured=lambda paid: "abc"[int(np.argmin(list(paid.values())))],
    ),
    Choice(
        "score-40",
        "The score is 40 and the label is 0, so the loss should be 40. What does −log(1 − p) with p = σ(40) say?",
        [
            Option("a", "40", "On paper. But the computer rounds σ(40) to 1, and what was in 1 − p is gone."),
            Option(
                "b",
                "inf",
                "σ(40) differs from 1 by 4 · 10⁻¹⁸, which a float cannot hold. So 1 − p is 0, and −log 0 is `inf`.",
            ),
            Option("c", "about 16", "That comes of the common repair, which adds 0.0000001 before the log."),
            Option("d", "nan", "`nan` comes of inf / inf or inf − inf. Here there is only the log of a 0."),
        ],
        right="b",
        measured=_loss_of_40,
    ),
]
