"""Six points to tell apart with the three knobs of a neuron: a game with sliders, whose best score is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

import numpy as np

from course_utils import nn
from course_utils.exercises import context
from course_utils.plots import Picture, bars, diagrams, explore, figure, live

GAME = ("01_neuron", "six-points")
NAMES = ("weight_1", "weight_2", "bias")
END, STEP = 8.0, 0.25  # of each knob
POINTS = np.array([(0.9, 0.6), (0.5, 0.9), (1.2, 0.2), (0.2, 0.3), (0.6, 0.4), (-0.1, 0.9)])
WANTED = np.array([True, True, True, False, False, False])
LETTERS = "ABCDEF"

Knobs = Sequence[float] | np.ndarray


def earned(knobs: Knobs) -> np.ndarray:
    """What each point earns with the knobs (w1, w2, b): the output where it should be yes, else 1 minus the output.

    Shapes: (3,) to (6,)
    """
    output = nn.sigmoid(POINTS @ np.asarray(knobs[:2], float) + knobs[2])
    return np.where(WANTED, output, 1 - output)


def score(knobs: Knobs) -> float:
    """What the six points earn together, from 0 to 6.

    >>> score([0, 0, 0])
    3.0
    """
    return float(earned(knobs).sum())


def six_points(weight_1: float = 0.0, weight_2: float = 0.0, bias: float = 0.0) -> None:
    """Show the six points with a slider for each knob; the arguments are where the sliders start.

    What is better than ever before is kept with the learner's progress.

    Errors: ValueError for what is no number between the ends of its knob.
    """
    starts = dict(zip(NAMES, (weight_1, weight_2, bias), strict=True))
    for name, value in starts.items():
        if not _turns_to(value):
            raise ValueError(
                f"`{name}` goes from {-END:g} to {END:g}, but it is {value!r}. Choose a number in between."
            )
    explore(_played, **{name: (-END, END, STEP, float(value)) for name, value in starts.items()})


def _turns_to(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and -END <= value <= END


def _played(**turned: float) -> Picture:
    """The picture for these knobs, which are kept when they are better than all before."""
    knobs = [turned[name] for name in NAMES]
    known = best(_kept())
    if live() and any(knobs) and (known is None or score(knobs) > score(known)):
        known = knobs
        context.current().keep(*GAME, " ".join(map(str, knobs)))
    return picture(knobs, known)


def _kept() -> list[str]:
    """What was kept; nothing while the course is built, so that no notebook holds its author's best."""
    return context.current().kept(*GAME) if live() else []


def best(kept: Iterable[str]) -> list[float] | None:
    """The knobs with the highest score among the texts that were kept; None when nothing can be read.

    >>> best(["1 1 -1", "2 2 -2", "no knobs"])
    [2.0, 2.0, -2.0]
    """
    found = []
    for text in kept:
        with suppress(ValueError):
            knobs = [float(word) for word in text.split()]
            if len(knobs) == len(NAMES) and all(map(_turns_to, knobs)):
                found.append(knobs)
    return max(found, key=score, default=None)


def picture(knobs: Knobs, known: Knobs | None = None) -> Picture:
    """The plane with the six points and the neuron's line, beside it what each point earns; `known` is the best so far."""
    gains, right = earned(knobs), int((earned(knobs) > 0.5).sum())
    made, (plane, chart) = figure(1, 2, (10, 4.2), gridspec_kw={"width_ratios": [1, 1.1]})
    diagrams.boundary(knobs[:2], knobs[2], dict(zip(map(tuple, POINTS), map(bool, WANTED), strict=True)), plane)
    for letter, at in zip(LETTERS, POINTS, strict=True):
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.7}
        plane.annotate(letter, at, xytext=(9, 7), textcoords="offset points", bbox=box)
    for place, gain in enumerate(gains):
        chart.barh(place, gain, **bars(int(gain <= 0.5)))
        chart.text(gain + 0.02, place, f"{gain:.2f}{'' if gain > 0.5 else ' ✗'}", va="center")
    chart.axvline(0.5, color="black", linewidth=1, linestyle=":")
    names = [f"{letter} {'●' if yes else '×'}" for letter, yes in zip(LETTERS, WANTED, strict=True)]
    chart.set(yticks=range(6), yticklabels=names, xlim=(0, 1.2), xlabel=_best_so_far(known))
    chart.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    chart.invert_yaxis()
    chart.set_title(f"score {score(knobs):.2f} of 6, {right} of 6 right", fontweight="bold")
    told = ", ".join(f"{letter} {gain:.2f}" for letter, gain in zip(LETTERS, gains, strict=True))
    return Picture(
        made,
        "Six points in the plane of two inputs: A, B and C, discs, should be yes, D, E and F, crosses, no. "
        f"The weights are {knobs[0]:g} and {knobs[1]:g}, the bias {knobs[2]:g}. The points earn {told}. "
        f"The score is {score(knobs):.2f} of 6, and {right} of 6 are right. {_best_so_far(known).capitalize()}.",
    )


def _best_so_far(known: Knobs | None) -> str:
    if known is None:
        return "no best score yet"
    return f"best so far: {score(known):.2f}, with {', '.join(f'{knob:g}' for knob in known)}"


def beside(knobs: Knobs) -> str:
    """One line that compares what gradient descent has reached with the learner's best."""
    reached, known = score(knobs), best(_kept())
    if known is None:
        return (
            f"Gradient descent: {reached:.2f}. You have no score yet: play section 5 of lesson 01, then run this again."
        )
    ahead = reached - score(known)
    told = f"{ahead:.2f} more" if round(ahead, 2) else "as much"
    return f"Your best in lesson 01: {score(known):.2f}. Gradient descent: {reached:.2f}, {told}."
