"""Write a first function: twice a number, plus one."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def double_and_add(x):
    """Twice x, plus one."""
    return 2 * x + 1


twice_plus_one = FunctionExercise("twice-plus-one", reference=double_and_add, points=2, title="Your first function")


@twice_plus_one.cases
def _(rng):
    yield small("x = 3", 3)
    yield random("another whole number", int(rng.integers(4, 100)))
    yield random("a number with a point", float(rng.uniform(1, 10)))
    yield edge("x = 0", 0)
    yield edge("a negative number", -float(rng.uniform(2, 10)))
    yield edge("an array: every number of it", rng.uniform(1, 10, size=3))
    yield edge("an array with 0 and negative numbers", np.array([0.0, -2.5, 40.25]))
    yield edge("an array of whole numbers", rng.integers(-9, 100, size=4))
    yield edge("large whole numbers", 70_000)
    yield edge("a result close to 0", -0.5 + float(rng.uniform(1e-5, 9e-5)))


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


twice_plus_one.slip(
    "added-first",
    "You added 1 before you doubled. With x = 3 that gives 8 instead of 7. Which brackets are too many?",
    "x + x + 1",
    "2 * (x + 1)",
)

twice_plus_one.slip(
    "forgot-one",
    "Doubled, yes. What comes after that?",
    " + 1",
    "",
)

twice_plus_one.slip(
    "square",
    "`**` is a power: 3 ** 2 is 9. Which sign doubles a number?",
    "x + x",
    "x**2",
)

twice_plus_one.slip(
    "fixed-answer",
    (
        "Always 7: right for x = 3 and for nothing else. The check also tries numbers that it has not shown. "
        "Where is x in your function?"
    ),
    "x + x + 1",
    "7",
)

twice_plus_one.slip(
    "nothing-returned",
    (
        "Your function works something out and hands nothing back. `print` only shows a number. "
        "Which word gives it to the caller?"
    ),
    "return x + x + 1",
    "result = 2 * x + 1\n    del result",
)


twice_plus_one.slip(
    "added-two",
    "x + 2 adds two to it. To double a number is something else: what is twice 10?",
    "x + x + 1",
    "x + 2 + 1",
)

twice_plus_one.slip(
    "taken-away",
    "Doubled, and then one taken *away*. Which sign does *plus* ask for?",
    "+ 1",
    "- 1",
)

twice_plus_one.slip(
    "not-doubled",
    "x plus 1: the adding is there. What should happen to x before it?",
    "x + x + 1",
    "x + 1",
)

twice_plus_one.slip(
    "whole-numbers-only",
    "Right for whole numbers. `int` cuts off what stands after the point: does the exercise ask for that?",
    "x + x + 1",
    "np.trunc(x + x + 1)",
)

twice_plus_one.slip(
    "int",
    "Right for whole numbers. `int` cuts off what stands after the point, and takes no arrays. Does the exercise ask for it?",
    "x + x + 1",
    "int(x + x + 1)",
)

twice_plus_one.slip(
    "rounded",
    "Right for whole numbers. `round` changes all others. Does the exercise ask for it?",
    "x + x + 1",
    "np.round(x + x + 1)",
)

twice_plus_one.slip(
    "four-added",
    "x + 4 is 7 for x = 3, and for no other number. What did *two times* do to the 3?",
    "x + x + 1",
    "x + 4",
)

twice_plus_one.slip(
    "still-apart",
    "These are two values, side by side. How do you put them together into one number?",
    "x + x + 1",
    "(x + x, 1)",
)

twice_plus_one.slip(
    "as-text",
    "Between quotation marks, this is a text, and Python does not compute it. What happens without the marks?",
    "x + x + 1",
    '"2 * x + 1"',
)

twice_plus_one.slip(
    "one-number-for-all",
    "Right for a single number. From an array you make one number, and every number of it should get its own result. "
    "Does your line need `sum` at all?",
    "x + x + 1",
    "np.sum(x + x + 1)",
)


for one, other in (
    ("np.add(np.multiply(x, 2), 1)", "np.add(1, np.multiply(x, 2))"),
    ("np.multiply(x, 2)", "np.multiply(2, x)"),
):
    twice_plus_one.equivalent(one, other, why="sums and products may be turned round")
twice_plus_one.equivalent("the result", "transposed", why="the text speaks of numbers and of rows of them")


@twice_plus_one.mistake(
    "changes-input",
    "The numbers are right, but an array given to your function was changed. A line such as `x *= 2` or `x += 1` writes "
    "into it. Make a new array with `2 * x`.",
)
def _(x):
    x *= 2
    x += 1
    return x


DOUBLED_AND_ADDED = "x + x + 1"

for name, hint, wrong in (
    (
        "x-added-once-more",
        "You add x where the text adds 1, so three times x comes out. What comes after the doubling?",
        "x + x + x",
    ),
    ("tripled", "Three times x, plus 1. By which number should x be multiplied?", "3 * x + 1"),
    ("halved", "You divide by 2. Which sign doubles a number?", "x / 2 + 1"),
    (
        "power-of-two",
        "`2**x` is a power: 2 ** 3 is 2 · 2 · 2. How many stars does *times* need?",
        "np.power(2.0, x) + 1",
    ),
    ("unchanged", "x came back as it was. What should be done to it?", "1 * x"),
    ("ten-added", "You add 10 where the text adds 1.", "x + x + 10"),
    ("only-one", "1 comes out whatever x is. Where is x in your function?", "1 + 0 * x"),
    (
        "sign-lost",
        "Right, as long as no number is below 0. A result may be negative: where does the minus get lost?",
        "abs(x + x + 1)",
    ),
    (
        "sign-of-x-lost",
        "Right, as long as x is not below 0. x may be negative: where does its minus get lost?",
        "2 * abs(x) + 1",
    ),
    (
        "never-below-zero",
        "Right, as long as the result is not below 0. The text sets no limit: which `max`, or `if`, is too much?",
        "np.maximum(0, x + x + 1)",
    ),
    (
        "x-never-below-zero",
        "Right, as long as x is not below 0. The text sets no limit: which `max`, or `if`, is too much?",
        "2 * np.maximum(0, x) + 1",
    ),
    (
        "made-a-text",
        "`str(…)` and quotation marks with an f in front make a *text* of the result. Hand back the number itself.",
        "str(x + x + 1)",
    ),
    ("made-a-list", "Square brackets make a list. Hand back the number by itself.", "[x + x + 1]"),
    (
        "compared",
        "True or False comes out: two equal signs *compare*. Hand back the number itself.",
        "bool(np.all(x == x + x + 1))",
    ),
    (
        "x-cut-to-a-whole-number",
        "`int` cuts off what stands after the point of x, and takes no arrays. Does the exercise ask for it?",
        "2 * int(x) + 1",
    ),
    (
        "float",
        "Right for single numbers. `float(…)` makes one number, and cannot make one of a whole array. The same line without "
        "it works for both.",
        "float(x + x + 1)",
    ),
    (
        "mean-of-the-row",
        "Right for a single number. From an array you make one number, the mean, and every number of it should get its own result.",
        "np.mean(x + x + 1)",
    ),
):
    twice_plus_one.slip(name, hint, DOUBLED_AND_ADDED, wrong)


@twice_plus_one.mistake(
    "if-on-a-number",
    "Where x is above 0 all is well. Below it something else comes back, and an `if` cannot ask a whole array. "
    "The text sets no condition: is the `if` needed?",
)
def _(x):
    if x > 0:
        return 2 * x + 1
    return 1


@twice_plus_one.mistake(
    "nothing-below-zero",
    "Where x is above 0 all is well, and otherwise nothing comes back. An `if` cannot ask a whole array either. "
    "The text sets no condition: is the `if` needed?",
)
def _(x):
    if x > 0:
        return 2 * x + 1
    return None


@twice_plus_one.mistake(
    "zero-below-zero",
    "Below 0 your function hands back 0, and an `if` cannot ask a whole array. The text sets no condition: is the `if` needed?",
)
def _(x):
    if x >= 0:
        return 2 * x + 1
    return 0


@twice_plus_one.mistake(
    "first-number-of-the-row",
    "Right for a single number. Of an array only the first number is used: the same line as for a single number works for all of it.",
)
def _(x):
    if np.ndim(x):
        return 2 * x[0] + 1
    return 2 * x + 1


@twice_plus_one.mistake(
    "loop-over-a-number",
    "Your loop wants a row of numbers, and x may be a single one. No loop is needed: the same line works for both.",
)
def _(x):
    return np.array([2 * number + 1 for number in x])
