"""An inspector of forged points in NumPy, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, only_training, stands, stays_high


def inspector(x, y, new, seed):
    """Program 1: 3-16-1, real points are 1 and forged ones 0. The loss after each epoch, and the shares of new points."""
    rng = np.random.default_rng(seed)
    first, last = rng.normal(size=(3, 16)), 0.1 * rng.normal(size=16)

    def logit(points):
        return np.maximum(0, points @ first) @ last

    losses = []
    for _ in range(40):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            z = x[rows] @ first
            t = np.maximum(0, z) @ last
            dt = (nn.sigmoid(t) - y[rows]) / len(rows)
            dz = np.outer(dt, last) * (z > 0)
            last = last - 0.5 * np.maximum(0, z).T @ dt
            first = first - 0.5 * x[rows].T @ dz
        t = logit(x)
        loss_of_real = np.logaddexp(0, -t[y == 1])
        loss_of_forged = np.logaddexp(0, t[y == 0])
        losses.append((loss_of_real.mean() + loss_of_forged.mean()) / 2)
    real = nn.sigmoid(logit(new))
    return losses, np.stack([1 - real, real], axis=1)


repair_inspector = RepairExercise(
    "repair-inspector",
    program=inspector,
    title="Repair a program",
    symptoms=[grows, stands, stays_high, only_training],
    goal=Goal(loss=0.15, accuracy=0.93, classes=2),
)


def ring_and_forgeries(rng, count):
    """So many points: real ones near a ring, forged ones inside of it, each with a third number, 1; and which is which."""
    real = rng.permutation(np.repeat([0, 1], count // 2))
    angle = 2 * np.pi * rng.random(count)
    forged = np.abs(rng.normal(0, 0.6, count)).clip(0, 1.1)
    radius = np.where(real, rng.normal(1.5, 0.12, count), forged)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), np.ones(count)], axis=1), real


@repair_inspector.cases
def _(rng):
    yield (
        "a ring and its forgeries",
        *ring_and_forgeries(rng, 240),
        *ring_and_forgeries(rng, 400),
        int(rng.integers(1000)),
    )


repair_inspector.bug(
    "verdict-without-doubt",
    stays_high,
    "What does `dt` say of a point that is just barely taken for real, and of one that surely is? Which shares should go into it?",
    "nn.sigmoid(t) - y[rows]",
    "np.sign(t) - y[rows]",
    why="the inspector compared a hard verdict, -1 or 1, with the truth, 0 or 1. Forged points were pushed on even when they were right, and real ones not at all once they were just right.",
)
repair_inspector.bug(
    "inspector-uphill",
    grows,
    "The slope of the loss at a logit is $D$ minus what $D$ should be. Try it for a real point with $D = 0.2$: which sign has it?",
    "nn.sigmoid(t) - y[rows]",
    "y[rows] - nn.sigmoid(t)",
    why="the inspector went uphill: it learned to take real points for forged ones, as a forger does for him.",
)
repair_inspector.bug(
    "begins-with-zeros",
    stands,
    "What does each hidden neuron give in the first step, and what does its gate let back?",
    "first, last = rng.normal(size=(3, 16))",
    "first, last = np.zeros((3, 16))",
    why="with weights 0 every ReLU gave 0 and every gate was shut, so nothing ever moved: he called every point real with probability one half.",
)
repair_inspector.bug(
    "names-exchanged",
    only_training,
    "Training is well. Column 0 of the shares belongs to forged points, column 1 to real ones. What does `real` hold?",
    "[1 - real, real]",
    "[real, 1 - real]",
    why="the two columns of the answer were exchanged, so every real point was called forged.",
)
repair_inspector.another("a smaller rate", "first - 0.5", "first - 0.4")
