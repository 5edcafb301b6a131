"""A deep network with shortcuts, its way back by hand, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, bursts, jumps, only_training, stands, stays_high


def tower(x, y, new, seed):
    """Program 1: 3-16, then ten layers 16-16 with shortcuts. The loss after each epoch, and the scores of new points."""
    rng = np.random.default_rng(seed)
    first, last = 0.5 * rng.normal(size=(3, 16)), 0.1 * rng.normal(size=(16, 2))
    blocks = [0.1 * rng.normal(size=(16, 16)) for _ in range(10)]

    def forward(points):
        hidden = [points @ first]
        for W in blocks:
            hidden.append(hidden[-1] + np.maximum(0, hidden[-1] @ W))
        return hidden, hidden[-1] @ last

    losses = []
    for _ in range(40):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            hidden, scores = forward(x[rows])
            dscores = (nn.softmax(scores) - nn.one_hot(y[rows], 2)) / len(rows)
            dh, last = dscores @ last.T, last - 0.1 * hidden[-1].T @ dscores
            for i in range(9, -1, -1):
                dz = dh * (hidden[i] @ blocks[i] > 0)
                dh, blocks[i] = dh + dz @ blocks[i].T, blocks[i] - 0.1 * hidden[i].T @ dz
            first = first - 0.1 * x[rows].T @ dh
        losses.append(nn.sparse_categorical_crossentropy(y, forward(x)[1], from_logits=True))
    return losses, forward(new)[1]


repair_deep = RepairExercise(
    "repair-deep",
    program=tower,
    title="Repair a program",
    symptoms=[bursts, stands, jumps, stays_high, only_training],
    goal=Goal(loss=0.1, accuracy=0.94, classes=2),
)


def two_rings(rng, count):
    """So many points of a disc and of the ring around it."""
    ring = rng.permutation(np.repeat([0, 1], count // 2))
    angle, radius = (
        2 * np.pi * rng.random(count),
        np.where(ring, rng.uniform(1.2, 2.0, count), rng.uniform(0, 0.9, count)),
    )
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), np.ones(count)], axis=1), ring


@repair_deep.cases
def _(rng):
    yield "a disc and a ring", *two_rings(rng, 240), *two_rings(rng, 400), int(rng.integers(1000))


repair_deep.bug(
    "no-gate",
    bursts,
    "A ReLU gave 0 for some of the points. How much may come back through it for these?",
    "dh * (hidden[i] @ blocks[i] > 0)",
    "dh",
    why="the way back through a ReLU has a gate. Without it neurons are moved by points that they never let through, and ten blocks in a row make more of it each time.",
)
repair_deep.bug(
    "closed-blocks",
    stands,
    "What does the ReLU of a block give in the first step, and what does its gate let back?",
    "0.1 * rng.normal(size=(16, 16))",
    "np.zeros((16, 16))",
    why="with weights 0 every ReLU gave 0 and every gate was shut, so the blocks never moved. What was left is one straight line, which cannot part a disc from its ring.",
)
repair_deep.bug(
    "new-past-the-blocks",
    only_training,
    "Training is well. Through which layers do training points go, and through which do new ones?",
    "forward(new)[1]",
    "new @ first @ last",
    why="new points took the shortcut past all ten blocks.",
)
repair_deep.another("a smaller rate", "blocks[i] - 0.1", "blocks[i] - 0.05")
