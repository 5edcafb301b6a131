"""A network for two half moons whose gradients are written by hand, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, jumps, only_training, stands, stays_high


def moons(x, y, new, seed):
    """Program 1: a network 2-16-2. The loss after each epoch, and the scores of new points."""
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(2, 16)), np.zeros(16)
    W2, b2 = rng.normal(size=(16, 2)) / 4, np.zeros(2)
    losses = []
    for _ in range(60):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            z = x[rows] @ W1 + b1
            h = np.maximum(0, z)
            shares = nn.softmax(h @ W2 + b2)
            dscores = (shares - np.eye(2)[y[rows]]) / len(rows)
            dW2, db2 = h.T @ dscores, dscores.sum(axis=0)
            dz = dscores @ W2.T * (z > 0)
            dW1, db1 = x[rows].T @ dz, dz.sum(axis=0)
            W1, b1 = W1 - 0.5 * dW1, b1 - 0.5 * db1
            W2, b2 = W2 - 0.5 * dW2, b2 - 0.5 * db2
        shares = nn.softmax(np.maximum(0, x @ W1 + b1) @ W2 + b2)
        losses.append(-np.log(shares[np.arange(len(x)), y]).mean())
    return losses, np.maximum(0, new @ W1 + b1) @ W2 + b2


repair_moons = RepairExercise(
    "repair-moons",
    program=moons,
    title="Repair a program",
    symptoms=[grows, stands, jumps, stays_high, only_training],
    goal=Goal(loss=0.1, accuracy=0.92, classes=2),
)


def half_moons(rng, count):
    """So many points of two half moons that reach into each other, and their moons."""
    angle, moon = np.pi * rng.random(count), rng.permutation(np.repeat([0, 1], count // 2))
    points = np.stack([np.cos(angle) * (1 - 2 * moon) + moon, np.sin(angle) * (1 - 2 * moon) + 0.5 * moon], axis=1)
    return points + 0.12 * rng.normal(size=points.shape), moon


@repair_moons.cases
def _(rng):
    yield "two half moons", *half_moons(rng, 240), *half_moons(rng, 400), int(rng.integers(1000))


repair_moons.bug(
    "no-gate",
    stays_high,
    "Follow one number of `h` back, where `z` was negative. ReLU gave 0 for it. How much may come back through there?",
    "W2.T * (z > 0)",
    "W2.T",
    why="the way back through ReLU has a gate, `z > 0`. Without it hidden neurons are moved by points that they never let through.",
)
repair_moons.bug(
    "sum-for-mean",
    jumps,
    "The loss is a mean over the rows of the batch. Which line of the way back should know how many rows there are?",
    " / len(rows)",
    "",
    why="the loss is a mean, so the gradient of each score is divided by the number of rows. Without it each step is 20 times as long.",
)
repair_moons.bug(
    "zero-start",
    stands,
    "Print `h` in the first step. What is it, and what does `dW2` become with it? Where does each neuron begin?",
    "rng.normal(size=(2, 16))",
    "np.zeros((2, 16))",
    why="from zeros all hidden values are 0, so no gradient but that of `b2` is ever anything else.",
)
repair_moons.bug(
    "no-bias-for-new",
    only_training,
    "Training is well. Compare how training points are sent through the network with how new points are, term by term.",
    "new @ W1 + b1",
    "new @ W1",
    why="the new points went through another network than the one that was trained: one without `b1`.",
)
repair_moons.bug(
    "truth-minus-share",
    grows,
    "A share of 0.9 for the right class should be 1. Which way does your gradient push it, after the minus of the step?",
    "shares - np.eye(2)[y[rows]]",
    "np.eye(2)[y[rows]] - shares",
    why="the gradient of a score is share minus truth. The other way round every step goes uphill.",
)
repair_moons.another("the rate divided", "W2 - 0.5 * dW2, b2 - 0.5", "W2 - 0.4 * dW2, b2 - 0.4")
