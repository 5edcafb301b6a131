"""The sigmoid: mistakes in the exponential, curves that only look like it, and results of another shape."""

from .sigmoid import sigmoid

ALL = "1 / (1 + np.exp(-x))"
SHORT = "{} is e cut short. `np.exp(…)` takes e with all its places: what would stand between its brackets?"
FLAT = "Your x is cut off at {}, so far out the curve stays flat too early. Does the formula need that?"
BROKEN = "Your curve is a straight line with corners at -{0} and {0}. The sigmoid has none: which formula stands above?"

for name, hint, right, wrong in (
    ("clipped-at-one", FLAT.format(1), "np.exp(-x)", "np.exp(-np.clip(x, -1, 1))"),
    ("clipped-at-six", FLAT.format(6), "np.exp(-x)", "np.exp(-np.clip(x, -6, 6))"),
    ("clipped-at-ten", FLAT.format(10), "np.exp(-x)", "np.exp(-np.clip(x, -10, 10))"),
    ("e-with-one-place", SHORT.format("2.7"), "np.exp(-x)", "2.7**-x"),
    ("e-with-two-places", SHORT.format("2.72"), "np.exp(-x)", "2.72**-x"),
    ("e-with-three-places", SHORT.format("2.718"), "np.exp(-x)", "2.718**-x"),
    (
        "power-of-ten",
        "You take powers of 10. The sigmoid is made of powers of e, 2.718…: `np.exp`.",
        "np.exp(-x)",
        "10.0**-x",
    ),
    ("straight-line", BROKEN.format(2), ALL, "np.clip(0.5 + 0.25 * x, 0, 1)"),
    ("flatter-straight-line", BROKEN.format("2.5"), ALL, "np.clip(0.5 + 0.2 * x, 0, 1)"),
    (
        "relu",
        "This is ReLU: it has no upper end. The sigmoid stays between 0 and 1.",
        ALL,
        "np.maximum(0, x)",
    ),
    (
        "softmax-without-the-shift",
        "You divide by the sum of all exponentials: that is softmax. The sigmoid looks at each number by itself.",
        ALL,
        "np.exp(x) / np.sum(np.exp(x))",
    ),
    (
        "twice",
        "Your numbers went through the sigmoid twice. Does a line of yours call it a second time?",
        ALL,
        "1 / (1 + np.exp(-1 / (1 + np.exp(-x))))",
    ),
    (
        "turned-round",
        "This is the way back, from a probability to a number. The sigmoid goes from any number to one between 0 and 1.",
        ALL,
        "np.log(x / (1 - x))",
    ),
    (
        "too-flat",
        "Your curve is half as steep as the sigmoid. What stands below x in the exponent?",
        "np.exp(-x)",
        "np.exp(-x / 2)",
    ),
    (
        "squared",
        "Your x is squared, so sigmoid(-5) came out like sigmoid(5). What stands in the exponent of the formula?",
        "np.exp(-x)",
        "np.exp(-(x**2))",
    ),
    (
        "softplus",
        "This is a soft bend without an upper end. The sigmoid stays between 0 and 1: which fraction stands in the formula?",
        ALL,
        "np.logaddexp(0, x)",
    ),
    (
        "minus-without-a-sign-in-front",
        "Below your fraction line, something is taken from 1, and the exponent has lost its minus. Compare the two signs "
        "with the formula.",
        "(1 + np.exp(-x))",
        "(1 - np.exp(x))",
    ),
    (
        "around-zero",
        "Every number is 0.5 too small: sigmoid(0) came out 0. Is something taken away at the end?",
        ALL,
        "1 / (1 + np.exp(-x)) - 0.5",
    ),
    (
        "x-over-one-plus-x",
        "This runs from -1 to 1 and has no exponential in it. Which formula stands above?",
        ALL,
        "x / (1 + np.abs(x))",
    ),
    (
        "list",
        "The numbers come in a list. Asked for is an array of the same shape as x. Do you need a loop at all?",
        ALL,
        "[1 / (1 + np.exp(-value)) for value in x]",
    ),
    (
        "flat-row",
        "The numbers are right, but a table became a single row. Do you need `flatten`, or a loop, at all?",
        ALL,
        "(1 / (1 + np.exp(-x))).ravel()",
    ),
    (
        "cut-to-whole-numbers",
        "Right as long as x has a point. With whole numbers in x, an array of the kind of x holds only whole numbers, "
        "and cuts 0.9 down to 0. Which kind of numbers should yours hold?",
        ALL,
        "(1 / (1 + np.exp(-x))).astype(x.dtype)",
    ),
    (
        "negative-side-shifted",
        "Right for numbers above 0. Below 0 your values are negative: what does the sigmoid give at -5?",
        ALL,
        "np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), 1 / (1 + np.exp(-np.abs(x))) - 1)",
    ),
):
    sigmoid.slip(name, hint, right, wrong)
