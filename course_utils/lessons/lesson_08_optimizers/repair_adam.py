"""Adam in a training loop for digits, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.data.samples import digits, held_back
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, only_training, slow, stands, starts_high


def reader(x, y, new, seed):
    """Program 1: a network 784-32-10, with Adam. The loss after each epoch, and the scores of new digits."""
    rng = np.random.default_rng(seed)
    w = [rng.normal(size=size) * 0.05 for size in [(784, 32), (32,), (32, 10), (10,)]]
    m, v = [0.0] * 4, [0.0] * 4
    losses, t = [], 0
    for _ in range(10):
        for rows in rng.permutation(len(x)).reshape(-1, 25):
            h = np.maximum(0, x[rows] @ w[0] + w[1])
            dscores = (nn.softmax(h @ w[2] + w[3]) - nn.one_hot(y[rows], 10)) / len(rows)
            dz = dscores @ w[2].T * (h > 0)
            gradients = [x[rows].T @ dz, dz.sum(axis=0), h.T @ dscores, dscores.sum(axis=0)]
            t += 1
            for i, g in enumerate(gradients):
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g**2
                speed = np.sqrt(v[i] / (1 - 0.999**t)) + 1e-7
                w[i] = w[i] - 0.003 * m[i] / (1 - 0.9**t) / speed
        scores = np.maximum(0, x @ w[0] + w[1]) @ w[2] + w[3]
        losses.append(nn.sparse_categorical_crossentropy(y, scores, from_logits=True))
    return losses, np.maximum(0, new @ w[0] + w[1]) @ w[2] + w[3]


repair_adam = RepairExercise(
    "repair-adam",
    program=reader,
    title="Repair a program",
    symptoms=[grows, stands, starts_high, slow, only_training],
    goal=Goal(loss=0.2, accuracy=0.78, classes=10),
)


@repair_adam.cases
def _(rng):
    known, unseen = digits(), held_back()
    rows, others = rng.permutation(len(known.x_train))[:1000], rng.permutation(len(unseen.x))[:500]
    x, new = (images.reshape(len(images), 784) / 255 for images in (known.x_train[rows], unseen.x[others]))
    yield "1,000 digits", x, known.y_train[rows].astype(int), new, unseen.y[others].astype(int), int(rng.integers(1000))


repair_adam.bug(
    "squares-summed",
    slow,
    "`v` should be a running *mean* of the squared gradients. When all squares are 4, where does your `v` end up?",
    "0.001 * g**2",
    "g**2",
    why="`v` grew to a thousand times the mean of the squares, so each step was divided by a number about 30 times too large.",
)
repair_adam.bug(
    "uphill",
    grows,
    "A weight's gradient is positive: the loss grows with the weight. Which way should the step go?",
    "w[i] - 0.003",
    "w[i] + 0.003",
    why="every step went uphill.",
)
repair_adam.bug(
    "no-root",
    starts_high,
    "Adam divides a gradient by its own usual size, so that steps are about as long as the rate. If gradients are 0.01, what do you divide by?",
    "np.sqrt(v[i] / (1 - 0.999**t))",
    "v[i] / (1 - 0.999**t)",
    why="without the root a gradient of 0.01 is divided by 0.0001: the first steps were a hundred times too long and more.",
)
repair_adam.bug(
    "no-gradient-in-m",
    stands,
    "The first `m` is 0. Follow it for two steps: where does the gradient come into it?",
    "0.1 * g\n",
    "0.1 * m[i]\n",
    why="no gradient ever came into `m`; it stayed 0, and so did every step.",
)
repair_adam.another("a shorter memory", "0.9 * m[i] + 0.1 * g", "0.8 * m[i] + 0.2 * g")
