"""Drop neurons in training and make up for them."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def inverted_dropout(x, rate, draws, training):
    """x where draws >= rate, divided by 1 - rate, and 0 elsewhere; x itself when not training."""
    return x * (draws >= rate) / (1 - rate) if training else x


dropout = FunctionExercise("dropout", reference=inverted_dropout, points=3, title="Dropout", library=(nn.Dropout,))


@dropout.cases
def _(rng):
    x, draws = np.array([4.0, 8.0, 12.0, 16.0]), np.array([0.9, 0.1, 0.3, 0.6])
    yield small("rate 0.2: the second one is dropped, the others become 5, 15 and 20", x, 0.2, draws, True)
    yield small("the same numbers in use: nothing changes", x, 0.2, draws, False)
    rate = float(rng.choice([0.1, 0.3, 0.6, 0.7]))
    yield random("a table, training", rng.normal(size=(4, 5)), rate, rng.random((4, 5)), True)
    yield random("a table, in use", rng.normal(size=(3, 4)), rate, rng.random((3, 4)), False)
    yield random("three axes, training", rng.normal(size=(2, 3, 4)), rate, rng.random((2, 3, 4)), True)
    yield random("whole numbers, training", rng.integers(-50, 50, size=6), rate, rng.random(6), True)
    yield random("one number, training", rng.normal(size=1), 0.5, rng.uniform(0.5, 1, 1), True)
    yield edge("a draw exactly at the rate stays", np.array([3.0, -6.0, 9.0]), 0.25, np.array([0.25, 0.2, 0.3]), True)
    yield edge("rate 0 drops nothing", rng.normal(size=(2, 3)), 0.0, rng.random((2, 3)), True)
    yield edge("every draw below the rate", rng.uniform(1, 2, size=3), 0.75, rng.uniform(0, 0.7, size=3), True)


dropout.variant("times the mask")(inverted_dropout)


@dropout.variant("np.where")
def _(x, rate, draws, training):
    if not training:
        return x
    return np.where(draws < rate, 0.0, x / (1 - rate))


@dropout.variant("a copy and a Boolean index")
def _(x, rate, draws, training):
    y = x.copy()
    if training:
        y[draws < rate] = 0
        y = y / (1 - rate)
    return y


@dropout.variant("number by number")
def _(x, rate, draws, training):
    keep = 1 - rate
    numbers = [v / keep if d >= rate else 0.0 for v, d in zip(x.ravel(), draws.ravel(), strict=True)]
    return np.reshape(numbers, x.shape) if training else x.copy()


dropout.slip(
    "no-scaling",
    (
        "The right ones are dropped, but the others kept their size. With a fifth of the neurons gone, the sum of the "
        "layer is too small. By what do you divide the ones that stay?"
    ),
    " / (1 - rate)",
    "",
)

dropout.slip("divided-by-rate", "You divide by the share that is dropped. Which share stays?", "(1 - rate)", "rate")

dropout.slip(
    "multiplied",
    "What stays became smaller, not larger. It has to make up for what is missing: multiply, or divide?",
    "/ (1 - rate)",
    "* (1 - rate)",
)

dropout.slip(
    "mask-reversed",
    "With rate 0.2 you dropped three of four: those with a large draw. Which draws are below the rate?",
    "(draws >= rate)",
    "(draws < rate)",
)

dropout.slip(
    "drops-in-use",
    (
        "Your dropout also drops when `training` is False. Should the answer to one digit change from one call to "
        "the next?"
    ),
    " if training else x",
    "",
)

dropout.slip(
    "scales-in-use",
    (
        "This is dropout as it was first published: full size in training, smaller numbers in use. Today it is "
        "the other way round, so that nothing needs to be done in use. Where does the division belong?"
    ),
    "/ (1 - rate) if training else x",
    "if training else x * (1 - rate)",
)

dropout.slip(
    "training-reversed",
    "You drop in use and leave the training alone. Read the `if` once more.",
    "if training",
    "if not training",
)

dropout.slip(
    "changes-input",
    (
        "The result is right, but your code writes into the caller's array, as `x[…] = 0`, `x *= …` and `x /= …` do. Multiply by a "
        "mask instead, `x * …`: that makes a new one."
    ),
    "y = x.copy()",
    "y = x",
    of="a copy and a Boolean index",
)

dropout.slip(
    "no-brackets",
    "`x / 1 - rate` divides by 1 first and then takes the rate away. What belongs in brackets?",
    "x / (1 - rate)",
    "x / 1 - rate",
    of="np.where",
)

dropout.slip(
    "drops-at-the-rate",
    "A draw exactly at the rate is dropped in your code. Is it *below* the rate?",
    "(draws >= rate)",
    "(draws > rate)",
)

dropout.slip(
    "half-always",
    "You drop as if the rate were always 0.5. Which parameter says how many go?",
    "np.where(draws < rate, 0.0, x / (1 - rate))",
    "np.where(draws < 0.5, 0.0, x / 0.5)",
    of="np.where",
)

dropout.slip(
    "own-draws",
    "You draw random numbers of your own. The parameter `draws` holds them already: compare those with the rate.",
    "(draws >= rate)",
    "(np.random.default_rng(0).random(x.shape) >= rate)",
)

dropout.slip(
    "other-end-kept",
    "You keep the draws below 1 - rate. The text drops those below the rate: which end of the draws goes?",
    "(draws >= rate)",
    "(draws < 1 - rate)",
)

dropout.slip(
    "divided-by-what-stayed",
    "You divide by the share that happened to stay in this draw. The text divides by a fixed share: which?",
    "/ (1 - rate)",
    "/ max((draws >= rate).mean(), 1e-9)",
)

dropout.slip(
    "whole-numbers",
    "Your results are cut to whole numbers. Is `int` needed anywhere?",
    "x * (draws >= rate) / (1 - rate)",
    "(x * (draws >= rate) / (1 - rate)).astype(int)",
)

dropout.slip(
    "scaled-twice",
    "Training is right, and in use you make the numbers smaller as well. Is there still anything to make up for?",
    " if training else x",
    " if training else x * (1 - rate)",
)

dropout.slip(
    "enlarged-in-use",
    "Training is right. In use you enlarge the numbers, though none of them is dropped. What is left to do there?",
    " if training else x",
    " if training else x / (1 - rate)",
)

dropout.slip(
    "only-the-mask",
    "You return the enlarged mask alone. What is it multiplied by?",
    "x * (draws >= rate)",
    "(draws >= rate)",
)

dropout.slip(
    "left-out",
    "You take out the numbers that stay, so fewer come back. The next layer waits for all: what stands in a dropped one's place?",
    "return np.where(draws < rate, 0.0, x / (1 - rate))",
    "return x[draws >= rate] / (1 - rate)",
    of="np.where",
)


def _others_dropped(seen, x, rate, draws, training):
    """Whether each number was dropped or enlarged as it should be, but not by these draws."""
    kept, gone = np.isclose(seen, x / (1 - rate)), np.asarray(seen) == 0
    return bool(training) and bool(np.all(kept | gone)) and np.any((draws < rate) != gone)


@dropout.mistake(
    "others-dropped",
    "What stays has the right size, but other numbers are dropped than `draws` tells. Do you draw random ones of your own?",
    when=_others_dropped,
)
def _(x, rate, draws, training):
    return x * (draws.ravel()[::-1].reshape(x.shape) >= rate) / (1 - rate) if training else x


dropout.equivalent("np.reshape(numbers, x.shape)", why="both have the same shape")
dropout.equivalent("x.copy()", why="x as it is, is what the text asks for")
