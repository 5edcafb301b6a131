"""What a reader expects before a cell shows it."""

from collections.abc import Sequence

import numpy as np

from course_utils.exercises import Choice, Option


def _best_width(errors: Sequence[float]) -> str:
    best = int(np.argmin(errors))
    return "a" if best == 0 else "b" if best == len(errors) - 1 else "c"


def _losses(losses: Sequence[float]) -> str:
    if not np.isfinite(losses[-1]) or losses[-1] > losses[0]:
        return "c"
    return "a" if losses[-1] < 0.5 * losses[0] else "b"


PREDICTIONS = [
    Choice(
        "smallest-h",
        "Six step widths h, from 0.5 down to 0.0000000000001. Which one measures the slope best?",
        [
            Option("a", "the largest", "Its feet stand far apart, and the ground bends in between."),
            Option(
                "b",
                "the smallest",
                "The two heights then agree in nearly all of their 16 digits, and few digits are left for the "
                "difference.",
            ),
            Option(
                "c",
                "one in the middle",
                "Two things pull in opposite ways. A wide step sees the bend of the ground; for a tiny one the "
                "two heights "
                "are nearly the same number, and their difference is mostly rounding.",
            ),
        ],
        right="c",
        measured=_best_width,
    ),
    Choice(
        "degrees",
        "The same data in degrees, so x is ten times as large. The learning rate stays at 0.1. What do the losses do?",
        [
            Option(
                "a",
                "they fall as before",
                "A unit seems harmless. But the slope for w has x in it, and the bend has x · x.",
            ),
            Option(
                "b",
                "they fall, only more slowly",
                "The steps are not too short but too long: the bend has grown about a hundredfold.",
            ),
            Option(
                "c",
                "they grow without end",
                "With x ten times as large the ground bends about a hundred times as much, and the limit of the "
                "learning rate "
                "falls as much. 0.1 is far above it, so each step lands higher than the last.",
            ),
        ],
        right="c",
        measured=_losses,
    ),
]
