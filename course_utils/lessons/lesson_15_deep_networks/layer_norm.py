"""Layer normalisation."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def normalized_rows(x, gamma, beta, epsilon=1e-3):
    """gamma (x - mean) / sqrt(variance + epsilon) + beta, with mean and variance of each row."""
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


layer_norm = FunctionExercise("layer-norm", reference=normalized_rows, points=3, title="Layer normalisation")


@layer_norm.cases
def _(rng):
    yield small(
        "two rows of two, gamma 2, beta 10", np.array([[1.0, 3.0], [5.0, 13.0]]), np.full(2, 2.0), np.full(2, 10.0), 0.0
    )
    yield random("four rows of 3", *(rng.normal(size=s) * 3 for s in [(4, 3), 3, 3]), 1e-3)
    yield random("three rows of 5", rng.normal(size=(3, 5)) + 7, rng.normal(size=5), rng.normal(size=5), 1e-3)
    yield edge("a row of equal numbers", np.array([[4.0, 4.0, 4.0]]), np.ones(3), rng.normal(size=3), 1e-3)


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
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon) + beta",
)

layer_norm.slip(
    "no-keepdims",
    "The means of the rows have shape (N,), and NumPy lays them along the columns. What keeps them standing as (N, 1)?",
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "gamma * (x - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + epsilon) + beta",
)

layer_norm.slip(
    "epsilon-outside",
    "Nearly. The formula adds epsilon to the variance; you add it to the root. Does it stand inside or outside?",
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "gamma * (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + epsilon) + beta",
)

layer_norm.slip(
    "whole-table",
    "You took one mean for the whole table, so the examples mix. How many means should there be?",
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "gamma * (x - x.mean()) / np.sqrt(x.var() + epsilon) + beta",
)

layer_norm.slip(
    "no-scale",
    "Mean 0 and variance 1 are reached. What do gamma and beta do afterwards?",
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x]",
    "(x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon",
)

layer_norm.slip(
    "no-root",
    "You divided by the variance. What has the same unit as x?",
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "gamma * (x - x.mean(axis=-1, keepdims=True)) / (x.var(axis=-1, keepdims=True) + epsilon) + beta",
)

layer_norm.slip(
    "no-epsilon",
    "A row of equal numbers has variance 0. What keeps the division from becoming 0 / 0?",
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "gamma * (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True) + beta",
)

layer_norm.slip(
    "gamma-beta-swapped",
    "gamma and beta have changed places. Which one multiplies, which one is added?",
    "return np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "x_hat = (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon)\n    return beta * x_hat + gamma",
)

layer_norm.slip(
    "no-centre",
    "The spread is right, but the mean of each row is not yet 0. What comes off first?",
    "np.array([gamma * (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5 + beta for row in x])",
    "gamma * x / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon) + beta",
)
