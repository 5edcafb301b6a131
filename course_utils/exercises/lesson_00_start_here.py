"""Exercises of lesson 00: a first number and a first function, to learn how the checks speak."""

import numpy as np

from .core import Lesson, edge, random, small

lesson = Lesson("00_start_here", "Start here")

# A first number ---------------------------------------------------------------------------------------

first_number = lesson.values(
    "first-number", points=1, title="Your first number", reference=lambda: {"first_number": 10}
)


@first_number.mistake(
    "added-first", "You added 3 and 4 before you multiplied. In 2 · 3 + 4, which comes first, · or +?"
)
def _():
    return {"first_number": 14}


@first_number.mistake("all-added", "9 is 2 + 3 + 4. What does the sign between 2 and 3 say?")
def _():
    return {"first_number": 9}


@first_number.mistake("all-multiplied", "24 is 2 · 3 · 4. What does the sign between 3 and 4 say?")
def _():
    return {"first_number": 24}


@first_number.mistake("only-the-product", "6 is 2 · 3. Something is still to be added.")
def _():
    return {"first_number": 6}


@first_number.mistake(
    "as-text", 'Between quotation marks, "10" is a text of two signs and no number. What happens without the marks?'
)
def _():
    return {"first_number": "10"}


@first_number.variant("with a point")
def _():
    return {"first_number": 10.0}


@first_number.variant("a NumPy number")
def _():
    return {"first_number": np.int64(10)}


# A first function -------------------------------------------------------------------------------------


def double_and_add(x):
    """Twice x, plus one."""
    return 2 * x + 1


twice_plus_one = lesson.function("twice-plus-one", reference=double_and_add, points=2, title="Your first function")


@twice_plus_one.cases
def _(rng):
    yield small("x = 3", 3)
    yield random("another whole number", int(rng.integers(4, 100)))
    yield random("a number with a point", float(rng.uniform(1, 10)))
    yield edge("x = 0", 0)
    yield edge("a negative number", -float(rng.uniform(2, 10)))
    yield edge("an array: every number of it", rng.uniform(1, 10, size=3))


@twice_plus_one.mistake(
    "added-first", "You added 1 before you doubled. With x = 3 that gives 8 instead of 7. Which brackets are too many?"
)
def _(x):
    return 2 * (x + 1)


@twice_plus_one.mistake("forgot-one", "Doubled, yes. What comes after that?")
def _(x):
    return 2 * x


@twice_plus_one.mistake("square", "`**` is a power: 3 ** 2 is 9. Which sign doubles a number?")
def _(x):
    return x**2 + 1


@twice_plus_one.mistake(
    "fixed-answer",
    "Always 7: right for x = 3 and for nothing else. The check also tries numbers that it has not shown. "
    "Where is x in your function?",
)
def _(x):
    return 7


@twice_plus_one.mistake(
    "nothing-returned",
    "Your function works something out and hands nothing back. `print` only shows a number. "
    "Which word gives it to the caller?",
)
def _(x):
    result = 2 * x + 1
    del result


@twice_plus_one.mistake(
    "changes-input",
    "The numbers are right, but an array given to your function was changed: `x *= 2` writes into it. "
    "Make a new one with `2 * x`.",
)
def _(x):
    x *= 2
    x += 1
    return x


@twice_plus_one.variant("added to itself")
def _(x):
    return x + x + 1


@twice_plus_one.variant("in steps")
def _(x):
    doubled = x * 2
    return 1 + doubled


@twice_plus_one.variant("with NumPy")
def _(x):
    return np.add(np.multiply(x, 2), 1)
