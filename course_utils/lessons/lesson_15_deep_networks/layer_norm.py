"""Bring each row to mean 0 and variance 1, then scale and shift its numbers."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def normalized_rows(x, gamma, beta, epsilon=1e-3):
    """gamma (x - mean) / sqrt(variance + epsilon) + beta, with mean and variance of each row."""
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


layer_norm = FunctionExercise(
    "layer-norm",
    reference=normalized_rows,
    points=3,
    title="Layer normalisation",
    library=(nn.LayerNormalization, nn.normalize),
)


@layer_norm.cases
def _(rng):
    yield small(
        "two rows of two, gamma 2, beta 10", np.array([[1.0, 3.0], [5.0, 13.0]]), np.full(2, 2.0), np.full(2, 10.0), 0.0
    )
    yield random("four rows of 3", *(rng.normal(size=s) * 3 for s in [(4, 3), 3, 3]), 1e-3)
    yield random("three rows of 5", rng.normal(size=(3, 5)) + 7, rng.normal(size=5), rng.normal(size=5), 1e-3)
    yield edge("a large epsilon", rng.normal(size=(2, 4)), rng.normal(size=4), rng.normal(size=4), 0.5)
    yield edge("one row", rng.normal(size=(1, 6)) * 0.01, rng.normal(size=6), rng.normal(size=6), 1e-5)
    yield edge("a thousand added", rng.normal(size=(3, 4)) + 1000, rng.normal(size=4), rng.normal(size=4), 1e-3)
    yield edge("a row of equal numbers", np.array([[4.0, 4.0, 4.0]]), np.ones(3), rng.normal(size=3), 1e-3)


layer_norm.variant("the formula")(normalized_rows)


@layer_norm.variant("row by row")
def _(x, gamma, beta, epsilon):
    return np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])


@layer_norm.variant("turned over")
def _(x, gamma, beta, epsilon):
    centred = x.T - x.mean(axis=1)
    return (centred / np.sqrt((centred**2).mean(axis=0) + epsilon)).T * gamma + beta


layer_norm.slip(
    "down-the-batch",
    "This is batch normalisation: you averaged down each column. Which way does a single example lie?",
    "mean = x.mean(axis=-1, keepdims=True)\n    variance = x.var(axis=-1, keepdims=True)",
    "mean = x.mean(axis=0)\n    variance = x.var(axis=0)",
)

layer_norm.slip(
    "no-keepdims",
    "The means of the rows have shape (N,), and NumPy lays them along the columns. What keeps them standing as (N, 1)?",
    "mean = x.mean(axis=-1, keepdims=True)\n    variance = x.var(axis=-1, keepdims=True)",
    "mean = x.mean(axis=1)\n    variance = x.var(axis=1)",
)

layer_norm.slip(
    "epsilon-outside",
    "Nearly. The formula adds epsilon to the variance; you add it to the root. Does it stand inside or outside?",
    "np.sqrt(variance + epsilon)",
    "(np.sqrt(variance) + epsilon)",
)

layer_norm.slip(
    "whole-table",
    "You took one mean for the whole table, so the examples mix. How many means should there be?",
    "mean = x.mean(axis=-1, keepdims=True)\n    variance = x.var(axis=-1, keepdims=True)",
    "mean = x.mean()\n    variance = x.var()",
)

layer_norm.slip(
    "no-scale",
    "Mean 0 and variance 1 are reached. What do gamma and beta do afterwards?",
    "gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "(x - mean) / np.sqrt(variance + epsilon)",
)

layer_norm.slip(
    "no-root",
    "You divided by the variance. What has the same unit as x?",
    "np.sqrt(variance + epsilon)",
    "(variance + epsilon)",
)

layer_norm.slip(
    "no-epsilon",
    "A row of equal numbers has variance 0. What keeps the division from becoming 0 / 0?",
    "np.sqrt(variance + epsilon)",
    "np.sqrt(variance)",
)

layer_norm.slip(
    "gamma-beta-swapped",
    "gamma and beta have changed places. Which one multiplies, which one is added?",
    "gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "beta * (x - mean) / np.sqrt(variance + epsilon) + gamma",
)

layer_norm.slip(
    "no-centre",
    "The spread is right, but the mean of each row is not yet 0. What comes off first?",
    "* (x - mean)",
    "* x",
)

layer_norm.slip(
    "one-less",
    (
        "You divide the sum of the squares by one less than there are numbers. That is for guessing a spread from a few "
        "examples; here the row is all there is."
    ),
    "x.var(axis=-1, keepdims=True)",
    "x.var(axis=-1, keepdims=True, ddof=1)",
)

layer_norm.slip(
    "own-epsilon",
    "You use an epsilon of your own. Which one was the function given?",
    "np.sqrt(variance + epsilon)",
    "np.sqrt(variance + 1e-3)",
)

layer_norm.slip(
    "no-beta",
    "The rows are normalised and scaled. What does beta do at the end?",
    "return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "return gamma * (x - mean) / np.sqrt(variance + epsilon)",
)

layer_norm.slip(
    "no-gamma",
    "The rows are normalised and shifted. What does gamma do before that?",
    "return gamma * (x - mean)",
    "return (x - mean)",
)

layer_norm.slip(
    "beta-inside",
    "In the formula beta is added after gamma has multiplied. What stands in your brackets?",
    "return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "return gamma * ((x - mean) / np.sqrt(variance + epsilon) + beta)",
)

layer_norm.equivalent("axis=-1", "axis=1", why="a table has two axes, so the last one is axis 1")
