"""A simple RNN, its way back through time by hand, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, bursts, jumps, only_training, stands, stays_high


def listener(x, y, new, seed):
    """Program 1: an RNN with a memory of 16 numbers, and 4 classes. The loss after each epoch, and the scores of new rows."""
    rng = np.random.default_rng(seed)
    W, V = 0.3 * rng.normal(size=(4, 16)), 0.3 * rng.normal(size=(16, 4))
    U = np.linalg.qr(rng.normal(size=(16, 16)))[0]

    def read(letters):
        memories = [np.zeros((len(letters), 16))]
        for t in range(8):
            memories.append(np.tanh(nn.one_hot(letters[:, t], 4) @ W + memories[-1] @ U))
        return memories

    losses = []
    for _ in range(40):
        for rows in rng.permutation(len(x)).reshape(-1, 40):
            memories = read(x[rows])
            dscores = (nn.softmax(memories[-1] @ V) - nn.one_hot(y[rows], 4)) / len(rows)
            dh, dW, dU = dscores @ V.T, 0, 0
            for t in range(7, -1, -1):
                dz = dh * (1 - memories[t + 1] ** 2)
                dW, dU = dW + nn.one_hot(x[rows, t], 4).T @ dz, dU + memories[t].T @ dz
                dh = dz @ U.T
            W, U, V = W - 0.07 * dW, U - 0.07 * dU, V - 0.07 * memories[-1].T @ dscores
        losses.append(nn.sparse_categorical_crossentropy(y, read(x)[-1] @ V, from_logits=True))
    return losses, read(new)[-1] @ V


repair_memory = RepairExercise(
    "repair-memory",
    program=listener,
    title="Repair a program",
    symptoms=[bursts, stands, jumps, stays_high, only_training],
    goal=Goal(loss=0.1, accuracy=0.9, classes=4),
)


def first_letters(rng, count):
    """So many rows of eight letters, 0 to 3, and the first letter of each."""
    rows = rng.integers(4, size=(count, 8))
    return rows, rows[:, 0]


@repair_memory.cases
def _(rng):
    yield "rows of eight letters", *first_letters(rng, 800), *first_letters(rng, 400), int(rng.integers(1000))


repair_memory.bug(
    "one-step-back",
    stays_high,
    "Count the steps of the way back. At which letter does the slope arrive, and at which letter is it needed?",
    "range(7, -1, -1)",
    "range(7, 6, -1)",
    why="the slope went back by one step. How to treat the first letter is learned from a slope that arrives at the first letter.",
)
repair_memory.bug(
    "zero-start",
    stands,
    "Print a memory after the first row. What does `V` learn from it, and what does `V` hand back to `W`?",
    "0.3 * rng.normal(size=(4, 16)), 0.3 * rng.normal(size=(16, 4))",
    "np.zeros((4, 16)), np.zeros((16, 4))",
    why="from zeros every memory is 0, so `V` learns nothing; and a `V` of zeros hands nothing back, so `W` learns nothing either. `U` alone begins with other numbers, and has nothing to carry.",
)
repair_memory.bug(
    "no-slope-of-tanh",
    bursts,
    "A memory of 0.99 lies where tanh is nearly flat. How much of the slope should pass there, and how much passes in your program?",
    "dh * (1 - memories[t + 1] ** 2)",
    "dh",
    why="the slope of tanh, 1 − h², was left out. Memories near 1 and −1 were then pushed on and on, with steps that grew, until the weights were no numbers any more.",
)
repair_memory.bug(
    "new-read-backwards",
    only_training,
    "Training is well. In which order are the letters of a training row read, and those of a new one?",
    "read(new)",
    "read(new[:, ::-1])",
    why="new rows were read from the last letter to the first, and the network answered with their last letter.",
)
repair_memory.another("a smaller rate", "W - 0.07", "W - 0.06")
