"""Positions as waves: a sine and a cosine for each speed."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def waves(length, size):
    """Column 2i is sin(p / 10000^(2i/size)) for position p, column 2i + 1 the cosine of the same."""
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    table = np.zeros((length, size))
    table[:, ::2], table[:, 1::2] = np.sin(angles), np.cos(angles)
    return table


positions = FunctionExercise("positions", reference=waves, points=3, title="Positions as waves")


@positions.cases
def _(rng):
    yield small("two words, four numbers each", 2, 4)
    yield random("a sentence", int(rng.integers(5, 12)), int(rng.choice([6, 8, 10])))
    yield random("another sentence", int(rng.integers(12, 20)), 12)
    yield edge("a single word", 1, 6)
    yield edge("one wave, many words", 100, 2)
    yield edge("as many words as numbers", 8, 8)
    yield edge("many words of many numbers", int(rng.integers(150, 250)), 64)


@positions.variant("stacked, then laid flat")
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(0, size, 2) / size)
    pair = [np.sin(angles), np.cos(angles)]
    return np.stack(pair, axis=-1).reshape(length, size)


@positions.variant("number by number")
def _(length, size):
    table = np.zeros((length, size))
    for p in range(length):
        for i in range(size // 2):
            angle = p / 10000 ** (2 * i / size)
            table[p, 2 * i] = np.sin(angle)
            table[p, 2 * i + 1] = np.cos(angle)
    return table


@positions.variant("exponentials of logarithms")
def _(length, size):
    speed = np.exp(-np.log(10000.0) * np.arange(0, size, 2) / size)
    angles = np.outer(np.arange(length), speed)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, -1)


positions.slip(
    "halves",
    (
        "All your sines stand left and all cosines right. In the formula they take turns: which columns are "
        "even? (`table[:, 0::2]`)"
    ),
    "np.stack(pair, axis=-1).reshape(length, size)",
    "np.concatenate(pair, axis=1)",
)

positions.slip(
    "cosine-first",
    "At position 0 your first number is 1. Which of the two waves starts at 0, and in which column does it stand?",
    "np.sin(angles), np.cos(angles)",
    "np.cos(angles), np.sin(angles)",
)

positions.slip(
    "counts-from-one",
    "Your first row should belong to position 0, but it is that of position 1.",
    "np.arange(length)",
    "np.arange(1, length + 1)",
)

positions.slip(
    "half-exponent",
    (
        "Your waves do not slow down enough. The exponent is 2i/size, not i/size: for the second pair of a "
        "size of 4 it is 2/4."
    ),
    "np.arange(0, size, 2)",
    "np.arange(size // 2)",
)

positions.slip(
    "double-exponent",
    (
        "Your waves slow down too fast. `np.arange(0, size, 2)` is 2i already: for the second pair of a size of 4 the "
        "exponent is 2/4."
    ),
    "np.arange(0, size, 2)",
    "2 * np.arange(0, size, 2)",
)

positions.slip(
    "thousand",
    "The later waves are too fast: how many zeros has the number in the formula?",
    "10_000",
    "1_000",
)

positions.slip(
    "size-forgotten",
    "Your waves slow down far too fast. The exponent is 2i divided by something: for the second pair of a size of 4 it is 2/4.",
    "(np.arange(0, size, 2) / size)",
    "np.arange(0.0, size, 2)",
)


@positions.mistake(
    "own-speed-for-each-column",
    "Each of your columns has its own speed. A sine and the cosine beside it belong together: "
    "how many different speeds are there for a size of 4?",
)
def _(length, size):
    angles = np.arange(length)[:, None] / 10_000 ** (np.arange(size) / size)
    return np.where(np.arange(size) % 2 == 0, np.sin(angles), np.cos(angles))


positions.slip(
    "multiplied",
    "Your later waves are faster than the first. Is the position multiplied by the power, or divided?",
    "/ 10_000",
    "* 10_000",
)

positions.slip(
    "sines-only", "The even columns are right. The odd ones are sines as well: what should they be?", "np.cos", "np.sin"
)

positions.slip(
    "turned",
    "Your table lies on its side: one row for each *position* is wanted, shape (length, size).",
    "reshape(length, size)",
    "reshape(length, size).T",
)

positions.slip(
    "angles-returned",
    "You return the angles, a column for each pair. What becomes of each angle?",
    "np.stack(pair, axis=-1).reshape(length, size)",
    "angles",
)

positions.slip(
    "length-for-size",
    "In the exponent you divide by the number of positions. By which number does the formula divide 2i?",
    "np.arange(0, size, 2) / size",
    "np.arange(0, size, 2) / length",
)

positions.slip(
    "degrees",
    "Your waves are about 57 times too slow: the angles are taken for degrees. NumPy's `sin` takes them as they are.",
    "    pair = ",
    "    angles = np.radians(angles)\n    pair = ",
)


@positions.mistake(
    "rows-left-empty",
    "Only the row of position 0 holds other numbers than 0. Does a `return` inside a loop end it too soon, "
    "or is the table one of whole numbers (`dtype=int`), which cuts every wave to 0?",
)
def _(length, size):
    table = np.zeros((length, size))
    for p in range(length):
        for i in range(size // 2):
            angle = p / 10000 ** (2 * i / size)
            table[p, 2 * i] = np.sin(angle)
            table[p, 2 * i + 1] = np.cos(angle)
        return table
    return table


positions.equivalent("np.zeros((length, size))", "np.ones((length, size))", why="every number is written over")
positions.equivalent(
    "np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, -1)",
    "np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, -2)",
    why="NumPy takes any negative number for the one to be found",
)
