"""The pictures of lesson 18: images in rows, accuracy by labels and by rate, and features as a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from course_utils import plots
from course_utils.plots import Picture


def samples(rows: Mapping[str, np.ndarray]) -> Picture:
    """Rows of small images, each with its name: what the networks get to see."""
    count = min(len(images) for images in rows.values())
    figure, axes = plots.figure(len(rows), count, (0.9 * count + 1.2, 0.95 * len(rows)), squeeze=False)
    for row, (name, images) in zip(axes, rows.items(), strict=True):
        for axis, image in zip(row, images, strict=False):
            axis.imshow(image, cmap="gray_r", vmin=0, vmax=1)
            axis.set(xticks=[], yticks=[])
            axis.grid(False)
        row[0].set_ylabel(name, rotation=0, ha="right", va="center")
    return Picture(figure, f"{count} images in each of {len(rows)} rows: {'; '.join(rows)}.")


def by_labels(results: Mapping[str, Mapping[int, Sequence[float]]], title: str, axes: Any = None) -> Picture:
    """Accuracy against the number of labels in each class: the mean over the tries, and the range as a hatched band."""
    made, axes = (axes.figure, axes) if axes is not None else plots.figure(1, 1, (7, 3.8))
    told = []
    for number, (name, tries) in enumerate(results.items()):
        sizes = sorted(tries)
        values = [np.asarray(tries[size]) * 100 for size in sizes]
        means = [v.mean() for v in values]
        band = plots.bars(number)
        axes.fill_between(
            sizes,
            [v.min() for v in values],
            [v.max() for v in values],
            alpha=0.25,
            color=band["color"],
            hatch=("//", "..", "xx")[number % 3],
            linewidth=0,
        )
        axes.plot(sizes, means, marker=plots.MARKERS[number], label=name, **plots.line(number))
        told.append(f"{name}: " + ", ".join(f"{m:.0f} % with {s}" for s, m in zip(sizes, means, strict=True)))
    axes.set(
        xscale="log",
        xticks=sizes,
        xticklabels=sizes,
        xlabel="labelled images in each class",
        ylabel="test accuracy in %",
        title=title,
    )
    axes.minorticks_off()
    axes.legend(loc="lower right")
    return Picture(made, f"{title}: accuracy by the number of labels in each class. {'. '.join(told)}.")


def project(values: np.ndarray) -> np.ndarray:
    """Each row as two numbers: its place on the two directions in which the rows differ most (by SVD).

    >>> np.abs(project(np.array([[0.0, 0.0, 0.0], [3.0, 4.0, 0.0]]))).round(6)
    array([[2.5, 0. ],
           [2.5, 0. ]])
    """
    flat = np.asarray(values, float).reshape(len(values), -1)
    centred = flat - flat.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    return centred @ directions[:2].T


def nearest_middle(values: np.ndarray, labels: np.ndarray) -> float:
    """The share of rows that lie nearest to the middle of their own kind, of all kinds' middles.

    >>> nearest_middle(np.array([[0.0], [2.0], [9.0], [1.0]]), np.array([0, 0, 1, 1]))
    0.75
    """
    flat = np.asarray(values, float).reshape(len(values), -1)
    kinds = np.unique(labels)
    middles = np.stack([flat[labels == kind].mean(axis=0) for kind in kinds])
    distances = ((flat[:, None] - middles) ** 2).sum(axis=2)
    return float(np.mean(kinds[distances.argmin(axis=1)] == labels))


def map_of(values: np.ndarray, labels: np.ndarray, name: str) -> Picture:
    """The rows as points on their two main directions, a marker and a colour for each label."""
    places = project(values)
    figure, axes = plots.figure(1, 1, (6.4, 4.6))
    for number, label in enumerate(np.unique(labels)):
        style = plots.points(number)
        if number >= len(plots.MARKERS):
            style["marker"] = ("<", ">", "*")[number - len(plots.MARKERS)]
        mine = places[labels == label]
        axes.plot(mine[:, 0], mine[:, 1], linestyle="", alpha=0.6, markersize=5, label=str(label), **style)
    share = nearest_middle(places, labels)
    axes.set(
        title=f"{name}: {share:.0%} nearest to the middle of their own kind",
        xticks=[],
        yticks=[],
        xlabel="direction 1",
        ylabel="direction 2",
    )
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), title="digit")
    return Picture(
        figure,
        (
            f"{len(places)} digits of {len(np.unique(labels))} kinds as points, placed by {name}. "
            f"{share:.0%} of them lie nearest to the middle of their own kind."
        ),
    )


def by_rate(accuracies: Mapping[float, float], before: float) -> Picture:
    """Accuracy after fine-tuning, one bar for each learning rate, and a line for the accuracy before."""
    figure, axes = plots.figure(1, 1, (7, 3.4))
    for number, (_, accuracy) in enumerate(accuracies.items()):
        axes.bar(number, 100 * accuracy, **plots.bars(number))
        height = 100 * (max(accuracy, before) if accuracy > before - 0.1 else accuracy)  # above the line, not on it
        axes.annotate(f"{accuracy:.1%}", (number, height + 2), ha="center", va="bottom", fontsize=9)
    axes.axhline(100 * before, color="black", linestyle="--", label=f"before: {before:.1%}")
    axes.set(
        xticks=range(len(accuracies)),
        xticklabels=[f"{rate:g}" for rate in accuracies],
        ylim=(0, 112),
        xlabel="learning rate of fine-tuning",
        ylabel="test accuracy in %",
    )
    axes.legend(loc="center right")
    told = ", ".join(f"{accuracy:.1%} at {rate:g}" for rate, accuracy in accuracies.items())
    return Picture(figure, f"Accuracy after fine-tuning by learning rate: {told}. Before it was {before:.1%}.")
