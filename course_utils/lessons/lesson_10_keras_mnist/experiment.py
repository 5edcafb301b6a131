"""Two trainings of 784-128-10 that differ in what a plan says, from several starts, judged on digits that are not trained on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from course_utils import nn
from course_utils.environment import keras
from course_utils.plots import PALETTE, Picture, figure, points

FACTORS = {"library": ("numpy", "keras"), "optimizer": ("sgd", "adam"), "epochs": (10, 5), "weights": ("he", "glorot")}
TRAINING = 7000  # of the 8,000 digits; the others are for validation
RATES = {"sgd": 0.3, "adam": 0.001}
INITIALIZERS = {"he": "he_normal", "glorot": "glorot_uniform"}


@dataclass(frozen=True)
class Outcome:
    """The accuracies of both trainings on the validation digits: two rows, a column for each start."""

    changed: str
    names: tuple[str, str]
    accuracies: np.ndarray

    @property
    def told(self) -> str:
        """What came out, in one or two sentences: the means, how far the starts lie apart, which was better how often."""
        first, second = self.accuracies
        gain = 100 * (second.mean() - first.mean())
        apart = 100 * max(np.ptp(first), np.ptp(second))
        ahead = int(np.sum(second > first))
        means = f"{self.names[0]} {first.mean():.1%}, {self.names[1]} {second.mean():.1%}"
        return (
            f"{self.changed}: {means} of the validation digits, over {first.size} starts. The means differ by {gain:+.1f} points; "
            f"the starts of one training lie up to {apart:.1f} points apart. The second is ahead from {ahead} of {first.size} starts."
        )


def run(plan: Mapping[str, Any], images: np.ndarray, labels: np.ndarray) -> Outcome:
    """Train both networks of a fair plan from each of its starts, the same starts for both.

    Shapes: images (N, 28, 28) from 0 to 1, labels (N,); the first 7,000 are trained on, the others judge
    """
    x = images.reshape(len(images), -1).astype("float32")
    changed = next(factor for factor in FACTORS if plan[factor][0] != plan[factor][1])
    # Products as small as these only wait for a second thread, on a busy machine for minutes.
    with threadpool_limits(1):
        accuracies = np.array([
            [
                _trained({factor: plan[factor][side] for factor in FACTORS}, x, labels, start)
                for start in range(plan["starts"])
            ]
            for side in (0, 1)
        ])
    return Outcome(changed, tuple(f"{value}" for value in plan[changed]), accuracies)


def _trained(settings: Mapping[str, Any], x: np.ndarray, labels: np.ndarray, start: int) -> float:
    """The accuracy on the validation digits after one training."""
    make = {"numpy": _in_numpy, "keras": _in_keras}[settings["library"]]
    model = make(settings["optimizer"], INITIALIZERS[settings["weights"]], start)
    model.fit(x[:TRAINING], labels[:TRAINING], batch_size=32, epochs=int(settings["epochs"]), verbose=0)
    return float(model.evaluate(x[TRAINING:], labels[TRAINING:], **_quietly(settings["library"]))[1])


def _quietly(library: str) -> dict[str, int]:
    return {"verbose": 0} if library == "keras" else {}


def _in_numpy(optimizer: str, weights: str, start: int) -> Any:
    layers = [nn.Dense(units, bend, kernel_initializer=weights) for units, bend in ((128, "relu"), (10, "softmax"))]
    model = nn.Sequential(layers, seed=start)
    steps = {"sgd": nn.SGD, "adam": nn.Adam}[optimizer](RATES[optimizer])
    model.compile(steps, "sparse_categorical_crossentropy", ["accuracy"])
    return model


def _in_keras(optimizer: str, weights: str, start: int) -> Any:
    keras.utils.set_random_seed(start)
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu", kernel_initializer=weights),
        keras.layers.Dense(10, activation="softmax", kernel_initializer=weights),
    ])
    steps = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[optimizer](RATES[optimizer])
    model.compile(optimizer=steps, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def picture(outcome: Outcome) -> Picture:
    """Both trainings from each start, joined by a line, and their means."""
    made, axis = figure(size=(6.4, 3.4))
    for pair in 100 * outcome.accuracies.T:
        axis.plot([0, 1], pair, color="#9A9A9A", linewidth=1, zorder=1)
    for side, values in enumerate(100 * outcome.accuracies):
        style = points(side)
        axis.scatter(
            np.full(len(values), side), values, s=45, zorder=2, **{"c": style["color"], "marker": style["marker"]}
        )
        axis.plot([side - 0.12, side + 0.12], [values.mean()] * 2, color=PALETTE[6], linewidth=3, zorder=3)
        axis.text(side + 0.15, values.mean(), f"mean {values.mean():.1f} %", va="center")
    axis.set(xlim=(-0.4, 1.6), xticks=[0, 1], ylabel="right, of 100", title=f"the only difference: {outcome.changed}")
    axis.set_xticklabels([f"first: {outcome.names[0]}", f"second: {outcome.names[1]}"])
    told = "; ".join(" ".join(f"{100 * value:.1f}" for value in row) for row in outcome.accuracies)
    return Picture(made, f"Accuracy of two trainings in per cent, a line for each start: {told}. {outcome.told}")
