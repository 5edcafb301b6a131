"""A network of wines that is trained, packed and asked, and what goes wrong on the way."""

import json

import numpy as np

from course_utils import nn
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, grows, only_training, starts_high, stays_high


def service(x, y, new, seed):
    """Program 1: a layer 13-3 is trained, goes through a file, and answers. The losses, and the shares of new wines."""
    rng = np.random.default_rng(seed)
    mean, std = x.mean(axis=0), x.std(axis=0)
    kernel, bias = 0.01 * rng.normal(size=(13, 3)), np.zeros(3)
    z = (x - mean) / std
    losses = []
    for _ in range(60):
        shares = nn.softmax(z @ kernel + bias)
        d = (shares - nn.one_hot(y, 3)) / len(x)
        kernel = kernel - 0.5 * z.T @ d
        bias = bias - 0.5 * d.sum(axis=0)
        losses.append(nn.sparse_categorical_crossentropy(y, z @ kernel + bias, from_logits=True))

    packed = {"mean": mean, "std": std, "kernel": kernel, "bias": bias}
    file = json.dumps({name: numbers.tolist() for name, numbers in packed.items()})

    kept = {name: np.array(numbers) for name, numbers in json.loads(file).items()}
    answers = []
    for wine in new:
        row = (wine - kept["mean"]) / kept["std"]
        answers.append(nn.softmax(row @ kept["kernel"] + kept["bias"]))
    return losses, np.array(answers)


repair_service = RepairExercise(
    "repair-service",
    program=service,
    title="Repair a program",
    symptoms=[grows, starts_high, stays_high, only_training],
    goal=Goal(loss=0.1, accuracy=0.85, classes=3),
)


@repair_service.cases
def _(rng):
    from sklearn.datasets import load_wine

    wine = load_wine()
    known, unseen = np.split(rng.permutation(len(wine.data)), [118])
    yield (
        "118 wines",
        wine.data[known],
        wine.target[known],
        wine.data[unseen],
        wine.target[unseen],
        int(rng.integers(1000)),
    )


repair_service.bug(
    "each-wine-by-itself",
    only_training,
    "Training is well. By which mean and spread are training wines prepared, and by which the wine of a request?",
    '(wine - kept["mean"]) / kept["std"]',
    "(wine - wine.mean()) / wine.std()",
    why="each request was prepared by its own thirteen numbers, of which the largest drowns all others, and not by the columns of the training wines.",
)
repair_service.bug(
    "file-of-whole-numbers",
    only_training,
    'Training is well, and the answer uses what it should. Compare `kernel` with `kept["kernel"]`: what has the file done to it?',
    "numbers.tolist()",
    "numbers.astype(int).tolist()",
    why="the file kept whole numbers only, and nearly all weights lie between -1 and 1.",
)
repair_service.bug(
    "one-spread-for-all",
    stays_high,
    "How large are the numbers that reach the kernel in training? Compare the thirteen columns of `z`.",
    "z = (x - mean) / std",
    "z = (x - mean) / std.max()",
    why="all columns were divided by the largest spread, so twelve of the thirteen had next to no weight in the steps.",
)
repair_service.bug(
    "kernel-uphill",
    grows,
    "Two arrays are moved in each step. Which way does each of them go?",
    "kernel - 0.5",
    "kernel + 0.5",
    why="the kernel went up the slope, the bias down.",
)
repair_service.another("a smaller rate for the bias", "bias - 0.5", "bias - 0.3")
