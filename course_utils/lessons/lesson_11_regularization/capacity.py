"""Too simple, right, too flexible: polynomials of any degree through the same few points, and their errors."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_utils.plots import MARKERS, PALETTE, Picture, figure, line

HIGHEST = 12  # degree
NOISE = 0.25


def truth(x: np.ndarray) -> np.ndarray:
    """The curve behind the points: sin(pi x).

    >>> float(truth(np.array(0.5)))
    1.0
    """
    return np.sin(np.pi * x)


def sample(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """`count` points around the true curve: x evenly from -1 to 1, and y with noise. Shapes: (count,), (count,)"""
    rng = np.random.default_rng(seed)
    x = np.linspace(-1, 1, count)
    return x, truth(x) + rng.normal(0, NOISE, count)


def fit(x: np.ndarray, y: np.ndarray, degree: int) -> np.polynomial.Polynomial:
    """The polynomial of this degree with the smallest mean squared error on the points.

    >>> line = fit(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0]), degree=1)
    >>> round(float(line(10.0)), 6)
    21.0
    """
    return np.polynomial.Polynomial.fit(x, y, degree)


def mean_squared(curve: Any, x: np.ndarray, y: np.ndarray) -> float:
    """The mean squared error of a curve on points.

    >>> mean_squared(lambda x: 0 * x, np.array([1.0, 2.0]), np.array([3.0, 1.0]))
    5.0
    """
    return float(np.mean((curve(x) - y) ** 2))


def errors(training: tuple[np.ndarray, np.ndarray], validation: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Training and validation error of each degree from 0 to HIGHEST. Shapes: (HIGHEST + 1, 2)."""
    curves = [fit(*training, degree) for degree in range(HIGHEST + 1)]
    return np.array([[mean_squared(curve, *training), mean_squared(curve, *validation)] for curve in curves])


def capacity(degree: int, points: int = 14, seed: int = 2) -> Picture:
    """A figure of the fit of this degree beside the errors of all degrees, and the text that stands for it."""
    training, validation = sample(points, seed), sample(100, seed + 1000)
    curve, table = fit(*training, degree), errors(training, validation)
    made, (left, right) = figure(1, 2, (11.5, 3.9))
    x = np.linspace(*training[0][[0, -1]], 400)
    left.plot(x, truth(x), label="the truth", **line(1))
    left.plot(x, curve(x), label=f"degree {degree}", **line(0))
    left.plot(*training, "o", color=PALETTE[6], label=f"{points} training points")
    left.set(xlabel="x", ylabel="y", ylim=(-2, 2), title=f"Degree {degree}: {degree + 1} parameters")
    left.legend(loc="upper left", fontsize=9)
    degrees = np.arange(HIGHEST + 1)
    for number, name in enumerate(("training", "validation")):
        right.plot(degrees, table[:, number], marker=MARKERS[number], markersize=4, label=name, **line(number))
        right.plot(degree, table[degree, number], marker=MARKERS[number], markersize=11, color=line(number)["color"])
    right.axvline(degree, color="gray", linewidth=1)
    right.set(xlabel="degree", ylabel="mean squared error", yscale="log", title="Error by degree")
    right.legend(loc="upper center", fontsize=9)
    best = int(table[:, 1].argmin())
    text = (
        f"Left: the polynomial of degree {degree} through {points} points, beside the true curve. "
        f"Right: errors by degree on a logarithmic scale. At degree {degree} the training error is "
        f"{table[degree, 0]:.3g} and the validation error {table[degree, 1]:.3g}. "
        f"The training error falls with every degree, from {table[0, 0]:.2g} to {table[-1, 0]:.2g}. "
        f"The validation error is lowest, {table[best, 1]:.2g}, at degree {best} and "
        f"is {table[-1, 1]:.2g} at degree {HIGHEST}."
    )
    return Picture(made, text)
