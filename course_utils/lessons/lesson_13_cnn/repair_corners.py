"""Filters that find a corner, the way back by hand, and what goes wrong in it."""

import numpy as np

from course_utils import nn
from course_utils.exercises import RepairExercise
from course_utils.exercises.symptoms import Goal, bursts, jumps, only_training, stands, stays_high


def finder(x, y, new, seed):
    """Program 1: 8 filters 3 × 3, the largest number of each map, 4 classes. The loss after each epoch, and the scores of new images."""
    rng = np.random.default_rng(seed)
    filters, W = 0.3 * rng.normal(size=(9, 8)), 0.3 * rng.normal(size=(8, 4))

    def windows(images):
        cut = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
        return cut[:, ::1, ::1].reshape(len(images), -1, 9)

    losses = []
    for _ in range(60):
        for rows in rng.permutation(len(x)).reshape(-1, 20):
            seen = windows(x[rows])
            maps = np.maximum(0, seen @ filters)
            largest = maps.max(axis=1, keepdims=True)
            dscores = (nn.softmax(largest[:, 0] @ W) - nn.one_hot(y[rows], 4)) / len(rows)
            dlargest = (dscores @ W.T)[:, None] * (largest > 0)
            dmaps = dlargest * (maps == largest)
            W = W - 0.3 * largest[:, 0].T @ dscores
            filters = filters - 0.3 * np.einsum("npk,npf->kf", seen, dmaps)
        scores = np.maximum(0, windows(x) @ filters).max(axis=1) @ W
        losses.append(nn.sparse_categorical_crossentropy(y, scores, from_logits=True))
    return losses, np.maximum(0, windows(new) @ filters).max(axis=1) @ W


repair_corners = RepairExercise(
    "repair-corners",
    program=finder,
    title="Repair a program",
    symptoms=[bursts, stands, jumps, stays_high, only_training],
    goal=Goal(loss=0.15, accuracy=0.9, classes=4),
)


def four_corners(rng, count):
    """So many images of 10 × 10 numbers with a corner somewhere, on a ground of noise, and which of the four it is."""
    corner = np.array([[1, 1, 1], [1, 0, 0], [1, 0, 0]])
    which = rng.permutation(np.repeat(range(4), count // 4))
    images = 0.12 * rng.normal(size=(count, 10, 10))
    for image, turns, (row, column) in zip(images, which, rng.integers(8, size=(count, 2)), strict=True):
        image[row : row + 3, column : column + 3] += np.rot90(corner, turns)
    return images, which


@repair_corners.cases
def _(rng):
    yield "four corners", *four_corners(rng, 320), *four_corners(rng, 400), int(rng.integers(1000))


repair_corners.bug(
    "slope-everywhere",
    jumps,
    "A map has 64 numbers, and one of them, the largest, went on to the scores. Which of the 64 should get a slope?",
    "maps == largest",
    "maps > 0",
    why="each place of a map that let anything through got the slope of the largest number. Only the largest had a say in the scores, so it alone gets the slope.",
)
repair_corners.bug(
    "steps-of-three",
    stays_high,
    "How many windows of 3 × 3 fit into an image of 10 × 10, when they slide? And how many does your program cut out?",
    "::1, ::1",
    "::3, ::3",
    why="the window moved on by 3, so 9 windows were left of 64. A corner that lies across two of them is seen whole by none.",
)
repair_corners.bug(
    "turned-for-new",
    only_training,
    "Training is well. Which number of a window meets which number of a filter in training, and which with new images?",
    "windows(new) @ filters",
    "windows(new) @ filters[::-1]",
    why="for new images the filters were turned by half a circle, and a corner at the upper left then looks like one at the lower right. (What other books call a convolution turns them so. It must be the same in training and in use.)",
)
repair_corners.bug(
    "zero-start",
    stands,
    "Print `maps` in the first step. What is the largest number, and what does its gate let back?",
    "0.3 * rng.normal(size=(9, 8))",
    "np.zeros((9, 8))",
    why="from zeros all maps are 0, every gate is shut, and no filter ever moves.",
)
repair_corners.another("a smaller rate", "W - 0.3", "W - 0.2")
