"""Who works when: the processor prepares batches, the device trains on them, in turn or side by side.

A time is a number of milliseconds; a stay is a pair (begin, end).
"""

from __future__ import annotations

from typing import NamedTuple

from course_utils import plots
from course_utils.plots import Picture

Stay = tuple[float, float]


class Batch(NamedTuple):
    """When a batch is prepared and when it is trained on."""

    load: Stay
    compute: Stay


def schedule(batches: int, load: float, compute: float, prefetch: bool) -> list[Batch]:
    """The times of every batch. With `prefetch` the next batch is prepared while the device trains on this one.

    >>> [batch.compute for batch in schedule(3, 2, 3, prefetch=False)]
    [(2, 5), (7, 10), (12, 15)]
    >>> [batch.compute for batch in schedule(3, 2, 3, prefetch=True)]
    [(2, 5), (5, 8), (8, 11)]
    """
    made: list[Batch] = []
    for _ in range(batches):
        free = made[-1].compute[1] if made else 0
        begin = (made[-1].compute[0] if prefetch else free) if made else 0
        ready = begin + load
        start = max(ready, free)
        made.append(Batch((begin, ready), (start, start + compute)))
    return made


def busy(times: list[Batch]) -> float:
    """The share of the whole time in which the device trains.

    >>> busy(schedule(3, 2, 3, prefetch=False))
    0.6
    """
    return sum(end - begin for begin, end in (batch.compute for batch in times)) / times[-1].compute[1]


def draw(load: float, compute: float, batches: int = 5) -> Picture:
    """Two timelines of the same batches, without and with prefetch, and the sentence that says what they show."""
    figure, axes = plots.figure(2, 1, (10, 3.9), sharex=True)
    told = []
    for axis, prefetch in zip(axes, (False, True), strict=True):
        times = schedule(batches, load, compute, prefetch)
        for number, batch in enumerate(times, start=1):
            for lane, (begin, end) in ((1, batch.load), (0, batch.compute)):
                axis.barh(lane, end - begin, left=begin, height=0.8, **plots.bars(1 - lane))
                axis.text(
                    (begin + end) / 2,
                    lane,
                    str(number),
                    ha="center",
                    va="center",
                    bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
                )
        whole, name = times[-1].compute[1], "with prefetch" if prefetch else "without prefetch"
        axis.set(
            title=f"{name}: {whole:g} ms, the device works {busy(times):.0%} of the time",
            yticks=[0, 1],
            yticklabels=["train", "prepare"],
        )
        told.append(f"{name} {whole:g} ms, device busy {busy(times):.0%} of the time")
    axes[1].set_xlabel("milliseconds")
    return Picture(
        figure,
        (
            f"Timelines of {batches} batches, each {load:g} ms to prepare and {compute:g} ms to train: "
            + "; ".join(told)
            + "."
        ),
    )
