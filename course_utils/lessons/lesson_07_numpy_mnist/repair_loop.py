"""A training loop for digits in NumPy, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.data.samples import digits, held_back
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, jumps, only_training, stands, stays_high


def reader(x, y, new, seed):
    """Program 1: a network 784-32-10. The loss of each epoch, and the scores of new digits."""
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(784, 32)) * np.sqrt(2 / 784), np.zeros(32)
    W2, b2 = rng.normal(size=(32, 10)) * np.sqrt(2 / 32), np.zeros(10)
    losses = []
    for _ in range(15):
        order, loss = rng.permutation(len(x)), 0
        for start in range(0, len(x), 25):
            rows = order[start : start + 25]
            inputs, truth = x[rows], nn.one_hot(y[rows], 10)
            h = np.maximum(0, inputs @ W1 + b1)
            shares = nn.softmax(h @ W2 + b2)
            loss -= np.log((truth * shares).sum(axis=1)).sum()
            dscores = (shares - truth) / len(rows)
            dz = dscores @ W2.T * (h > 0)
            W2, b2 = W2 - 0.3 * h.T @ dscores, b2 - 0.3 * dscores.sum(axis=0)
            W1, b1 = W1 - 0.3 * inputs.T @ dz, b1 - 0.3 * dz.sum(axis=0)
        losses.append(loss / len(x))
    return losses, np.maximum(0, new @ W1 + b1) @ W2 + b2


repair_loop = RepairExercise(
    "repair-loop",
    program=reader,
    title="Repair a program",
    symptoms=[grows, stands, jumps, stays_high, only_training],
    goal=Goal(loss=0.05, accuracy=0.8, classes=10),
)


@repair_loop.cases
def _(rng):
    known, unseen = digits(), held_back()
    rows, others = rng.permutation(len(known.x_train))[:1000], rng.permutation(len(unseen.x))[:500]
    x, new = (images.reshape(len(images), 784) / 255 for images in (known.x_train[rows], unseen.x[others]))
    yield "1,000 digits", x, known.y_train[rows].astype(int), new, unseen.y[others].astype(int), int(rng.integers(1000))


repair_loop.bug(
    "other-labels",
    stands,
    "Take one row of `inputs`, and the row of `truth` beside it. Do they belong to the same digit?",
    "nn.one_hot(y[rows], 10)",
    "nn.one_hot(y[start : start + 25], 10)",
    why="the digits were taken in a shuffled order, their labels in the old one. What has nothing to do with a digit cannot be learned from it.",
)
repair_loop.bug(
    "few-rows",
    only_training,
    "The loss is far below that of a guess after the very first epoch. How many different digits does an epoch see?",
    "order, loss = rng.permutation(len(x)), 0",
    "order, loss = rng.permutation(50), 0",
    why="each epoch saw the same 50 digits and learned them by heart; and their loss was divided by 1,000.",
)
repair_loop.bug(
    "wide-start",
    stays_high,
    "The first loss is far above that of a guess. How large are the first scores, and which number decides that?",
    "rng.normal(size=(784, 32)) * np.sqrt(2 / 784)",
    "rng.normal(size=(784, 32))",
    why="start weights 20 times too wide make scores so large that the network begins sure and wrong, and has to unlearn that first.",
)
repair_loop.bug(
    "zero-start",
    stands,
    "Print `h` in the first step. What is it, and what does the gradient of `W2` become with it?",
    "rng.normal(size=(784, 32)) * np.sqrt(2 / 784)",
    "np.zeros((784, 32))",
    why="from zeros all hidden values are 0, so no gradient but that of `b2` is ever anything else.",
)
repair_loop.another("a smaller rate", "b2 - 0.3 *", "b2 - 0.2 *")
