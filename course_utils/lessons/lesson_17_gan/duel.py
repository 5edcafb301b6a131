"""Pictures of two networks in a contest: a distribution being learned, and the two losses of the forger.

Each function returns a figure and the text that stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from course_utils import plots
from course_utils.plots import Picture


class Moment(NamedTuple):
    """The contest after some rounds: forged samples, and the discriminator's answers along a grid."""

    rounds: int
    forged: np.ndarray
    answers: np.ndarray


def moment(real: np.ndarray, grid: np.ndarray, at: Moment) -> Picture:
    """Histograms of real and forged samples, with the discriminator's answer for each place.

    >>> figure, text = moment(np.zeros(9), np.linspace(-1, 1, 5), Moment(40, np.ones(9), np.full(5, 0.5)))
    >>> text.partition(" Forged")[0]
    'After 40 rounds. Real: mean 0.00, spread 0.00.'
    """
    figure, axes = plots.figure(1, 1, (7.5, 3.6))
    _panel(axes, real, grid, at)
    axes.set(title=f"after {at.rounds} rounds", ylabel="share of the samples", xlabel="x")
    axes.legend(loc="upper left", fontsize=9)
    return Picture(
        figure, f"{_told(real, at)} The discriminator answers {at.answers.min():.2f} to {at.answers.max():.2f}."
    )


def strip(real: np.ndarray, grid: np.ndarray, moments: Sequence[Moment]) -> Picture:
    """The contest at several moments, side by side."""
    figure, axes = plots.figure(1, len(moments), (3.0 * len(moments), 3.0), sharey=True, squeeze=False)
    for axis, at in zip(axes[0], moments, strict=True):
        _panel(axis, real, grid, at)
        axis.set(title=f"{at.rounds} rounds", xlabel="x")
    axes[0, 0].set_ylabel("share of the samples")
    axes[0, 0].legend(loc="upper left", fontsize=9)
    return Picture(figure, " ".join(_told(real, at) for at in moments))


def _panel(axis: Any, real: np.ndarray, grid: np.ndarray, at: Moment) -> None:
    bins = np.linspace(grid[0], grid[-1], 49)
    for number, (name, samples) in enumerate([("real", real), ("forged", at.forged)]):
        weights = np.full(len(samples), 1 / len(samples))
        axis.hist(samples, bins, weights=weights, alpha=0.65, label=name, **plots.bars(number))
    top = 0.3
    axis.plot(grid, top * at.answers, color=plots.PALETTE[-1], linestyle="--", linewidth=1.5, label="D(x), top = 1")
    axis.set(ylim=(0, top * 1.02), xlim=(grid[0], grid[-1]))


def _told(real: np.ndarray, at: Moment) -> str:
    return (
        f"After {at.rounds} rounds. Real: mean {real.mean():.2f}, spread {real.std():.2f}. "
        f"Forged: mean {at.forged.mean():.2f}, spread {at.forged.std():.2f}."
    )


def paths(runs: Mapping[str, np.ndarray], mean: float, spread: float) -> Picture:
    """Mean and spread of the forgeries by round; each run is an array with one row (shift, scale) a round."""
    figure, axes = plots.figure(1, 2, (10, 3.4))
    told = []
    for number, (name, players) in enumerate(runs.items()):
        style = {"marker": plots.MARKERS[number], "markevery": max(len(players) // 8, 1), **plots.line(number)}
        for axis, values in zip(axes, (players[:, 0], np.abs(players[:, 1])), strict=True):
            axis.plot(values, label=name, **style)
        told.append(f"{name}: mean {players[-1, 0]:.2f}, spread {abs(players[-1, 1]):.2f} at the end")
    for axis, target, what in zip(axes, (mean, spread), ("mean", "spread"), strict=True):
        axis.axhline(target, color=plots.PALETTE[-1], linestyle=":", label="of the real")
        axis.set(xlabel="round", title=f"{what} of the forgeries")
    axes[1].legend(fontsize=9)
    return Picture(
        figure, f"Mean and spread by round. {'; '.join(told)}. Of the real: mean {mean:g}, spread {spread:g}."
    )


def two_losses(loss: Callable[[np.ndarray, bool], tuple[float, np.ndarray]]) -> Picture:
    """The two losses of the generator and their slopes for the logit, by D from 0.001 to 0.999."""
    share = np.linspace(0.001, 0.999, 400)
    logits = np.log(share / (1 - share))
    figure, axes = plots.figure(1, 2, (10, 3.4))
    told = []
    forms = {"log(1 - D), saturating": True, "-log D, not saturating": False}
    for number, (name, saturating) in enumerate(forms.items()):
        pairs = [loss(np.array([logit]), saturating) for logit in logits]
        values, slopes = np.array([[float(value), slope[0]] for value, slope in pairs]).T
        style = {"marker": plots.MARKERS[number], "markevery": 57, **plots.line(number)}
        for axis, series in zip(axes, (values, slopes), strict=True):
            axis.plot(share, series, label=name, **style)
        told.append(f"{name}: slope {slopes[0]:.3f} at D = 0.001, {slopes[-1]:.3f} at D = 0.999")
    axes[0].set(xlabel="D(G(z)): how real the forgery looks", title="loss", ylim=(-7.2, 7.2))
    axes[1].set(xlabel="D(G(z))", title="slope for the logit")
    axes[0].legend(fontsize=9)
    return Picture(figure, f"Two losses of the generator and their slopes. {'; '.join(told)}.")


def heaps(real: np.ndarray, runs: Mapping[str, tuple[np.ndarray, int]], centers: np.ndarray) -> Picture:
    """Forged samples of several runs over the real ones; each run is its samples and how many modes they cover."""
    figure, axes = plots.figure(1, len(runs), (4.4 * len(runs), 3.0), sharey=True, squeeze=False)
    bins = np.linspace(centers.min() - 3, centers.max() + 3, 61)
    for axis, (name, (forged, covered)) in zip(axes[0], runs.items(), strict=True):
        for number, (who, samples) in enumerate([("real", real), ("forged", np.clip(forged, bins[0], bins[-1]))]):
            weights = np.full(len(samples), 1 / len(samples))
            axis.hist(samples, bins, weights=weights, alpha=0.65, label=who, **plots.bars(number))
        axis.set(title=f"{name}: {covered} of {len(centers)}", xlabel="x", ylim=(0, 0.3))
    axes[0, 0].set_ylabel("share of the samples")
    axes[0, 0].legend(fontsize=9)
    told = "; ".join(f"{name}: {covered} of {len(centers)} modes covered" for name, (_, covered) in runs.items())
    return Picture(figure, f"Histograms of real and forged samples. {told}.")


def compiled(step: Callable) -> Callable:
    """The step as a TensorFlow graph, which is faster; if it cannot be one, the step as it is, and a line to say so."""
    import tensorflow as tf

    graph = tf.function(step)
    chosen: list[Callable] = []

    def run(*tensors: Any) -> Any:
        if not chosen:
            try:
                graph.get_concrete_function(*tensors)
                chosen.append(graph)
            except Exception as error:
                print(f"Your step runs without tf.function, a few times slower ({type(error).__name__}).")
                chosen.append(step)
        return chosen[0](*tensors)

    return run
