"""Find the best epoch and the final gap in a training history."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def best_epoch_and_gap(history):
    """The epoch (from 1) of the lowest validation loss, and training minus validation accuracy at the last epoch."""
    return int(np.argmin(history["val_loss"])) + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


read_history = FunctionExercise("read-history", reference=best_epoch_and_gap, points=2, title="Read the history")


def made_up_history(rng, epochs, best):
    """A history whose validation loss is lowest at the epoch `best` and whose validation accuracy peaks one later."""
    epoch = np.arange(1, epochs + 1)
    noise = np.sort(rng.uniform(0.01, 0.05, (4, epochs)), axis=1)
    return {
        "loss": (0.8 / epoch - 0.1 * noise[0]).tolist(),
        "accuracy": (0.9 + 2 * noise[1]).tolist(),
        "val_loss": (0.3 + 0.04 * abs(epoch - best) + 0.1 * noise[2]).tolist(),
        "val_accuracy": (0.85 - 0.02 * abs(epoch - best - 1) + 0.1 * noise[3]).tolist(),
    }


@read_history.cases
def _(rng):
    yield small(
        "five epochs, lowest validation loss 0.50 in the third",
        {
            "loss": [0.9, 0.6, 0.4, 0.3, 0.2],
            "accuracy": [0.70, 0.80, 0.90, 0.95, 0.97],
            "val_loss": [0.8, 0.6, 0.5, 0.55, 0.6],
            "val_accuracy": [0.72, 0.78, 0.82, 0.84, 0.83],
        },
    )
    yield random("ten epochs", made_up_history(rng, 10, int(rng.integers(3, 9))))
    yield random("six epochs", made_up_history(rng, 6, int(rng.integers(2, 6))))
    yield random("forty epochs", made_up_history(rng, 40, int(rng.integers(20, 39))))
    yield edge("the best epoch is the last", made_up_history(rng, 7, 7))
    yield edge(
        "the loss rises, then falls still lower; and the new digits are read better than the old",
        {
            "loss": [0.9, 0.7, 0.75, 0.72, 0.71],
            "accuracy": [0.70, 0.75, 0.74, 0.79, 0.77],
            "val_loss": [0.8, 0.5, 0.6, 0.4999, 0.7],
            "val_accuracy": [0.72, 0.84, 0.82, 0.83, 0.80],
        },
    )
    yield edge("best at once", made_up_history(rng, 5, 1))
    yield edge("a single epoch", made_up_history(rng, 1, 1))


read_history.variant("np.argmin")(best_epoch_and_gap)


@read_history.variant("NumPy numbers, as a list")
def _(history):
    return [np.argmin(history["val_loss"]) + 1, np.float64(history["accuracy"][-1]) - history["val_accuracy"][-1]]


@read_history.variant("with lists only")
def _(history):
    losses = history["val_loss"]
    best = losses.index(min(losses))
    return best + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


read_history.slip(
    "counts-from-zero",
    "Your epoch is one too small: Python counts places from 0, people count epochs from 1.",
    " + 1",
    "",
)

read_history.slip(
    "training-loss",
    (
        "You took the epoch in which the *training* loss is lowest. "
        "Which curve shows digits that the model does not train on?"
    ),
    'np.argmin(history["val_loss"])',
    'np.argmin(history["loss"])',
)

read_history.slip(
    "highest-loss",
    "You found the epoch with the highest validation loss. Is a high loss good?",
    "np.argmin",
    "np.argmax",
)

read_history.slip(
    "by-accuracy",
    (
        "You chose the epoch by validation accuracy. It often still creeps up while the loss has turned; "
        "the text asks for the lowest validation loss."
    ),
    'np.argmin(history["val_loss"])',
    'np.argmax(history["val_accuracy"])',
)

read_history.slip(
    "gap-reversed",
    (
        "Your gap has the other sign: it should be positive when the model does better on the digits it trains on. "
        "Which accuracy do you subtract from which?"
    ),
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'history["val_accuracy"][-1] - history["accuracy"][-1]',
)

read_history.slip(
    "gap-of-losses",
    "Your gap compares losses. The text asks for the gap between the two accuracies.",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'history["val_loss"][-1] - history["loss"][-1]',
)

read_history.slip(
    "gap-at-best",
    "You measure the gap at the best epoch. The text asks for it at the end of the training: the last entry is `[-1]`.",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'history["accuracy"][best] - history["val_accuracy"][best]',
    of="with lists only",
)

read_history.slip(
    "gap-without-sign",
    "Your gap is never negative. It should be, when the model does better on the validation digits: what takes the sign away?",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'abs(history["accuracy"][-1] - history["val_accuracy"][-1])',
)

read_history.slip(
    "last-epoch",
    "You took the last epoch. The best one may lie before it: where is the validation loss lowest?",
    "losses.index(min(losses))",
    "len(losses) - 1",
    of="with lists only",
)

read_history.slip(
    "loss-not-epoch",
    "Your first number is the lowest validation loss itself. The text asks for the *epoch* that had it.",
    "best + 1",
    "min(losses)",
    of="with lists only",
)


@read_history.mistake(
    "first-rise",
    "You stop looking where the validation loss rises for the first time. May it fall still lower afterwards?",
)
def _(history):
    losses = history["val_loss"]
    best = 0
    while best + 1 < len(losses) and losses[best + 1] < losses[best]:
        best += 1
    return best + 1, history["accuracy"][-1] - history["val_accuracy"][-1]


read_history.slip(
    "gap-of-the-best",
    "You subtract the best accuracies. The text asks for those at the end of the training: the last entry is `[-1]`.",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'max(history["accuracy"]) - max(history["val_accuracy"])',
)

read_history.slip(
    "gap-of-means",
    "You average over all epochs. The text asks for the gap at the end of the training: the last entry is `[-1]`.",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'np.mean(history["accuracy"]) - np.mean(history["val_accuracy"])',
)

read_history.slip(
    "gap-at-the-numbered-place",
    "You take the accuracies at place `best`, after adding 1. The text asks for those at the end of the training.",
    'return best + 1, history["accuracy"][-1] - history["val_accuracy"][-1]',
    'best += 1\n    return best, history["accuracy"][best] - history["val_accuracy"][best]',
    of="with lists only",
)

read_history.slip(
    "gap-of-the-first-epoch",
    "You subtract the accuracies of the first epoch. The text asks for those at the end: the last entry is `[-1]`.",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'history["accuracy"][0] - history["val_accuracy"][0]',
)

read_history.slip(
    "gap-of-the-validation-loss",
    "You subtract the validation *loss* from the accuracy. Which accuracy belongs there?",
    'history["val_accuracy"][-1]',
    'history["val_loss"][-1]',
)

read_history.slip(
    "largest-gap",
    "You look for the largest gap of all epochs. The text asks for the gap at the end: the last entry is `[-1]`.",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    'max(a - b for a, b in zip(history["accuracy"], history["val_accuracy"], strict=True))',
)

read_history.slip(
    "gap-in-percent",
    "The epoch is right. The gap is in percent: accuracies, and what lies between them, are shares here.",
    'history["accuracy"][-1] - history["val_accuracy"][-1]',
    '100 * (history["accuracy"][-1] - history["val_accuracy"][-1])',
)

read_history.slip(
    "by-training-accuracy",
    "You chose the epoch by the training accuracy. Which curve tells how the network does on digits it does not train on?",
    'np.argmin(history["val_loss"])',
    'np.argmax(history["accuracy"])',
)

read_history.slip(
    "by-distance",
    "You chose the epoch in which the two losses lie closest together. The text asks for the lowest validation loss.",
    'np.argmin(history["val_loss"])',
    'np.argmin(np.abs(np.subtract(history["val_loss"], history["loss"])))',
)


read_history.equivalent("int(np.argmin(history['val_loss']))", why="NumPy's whole numbers serve as well")
