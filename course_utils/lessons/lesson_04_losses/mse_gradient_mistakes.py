"""The gradient of the squared error: mistakes in the slope of a square, and in what is divided by."""

from .mse_gradient import mse_gradient

ALL = "2 * (y_pred - y_true) / y_pred.size"
ERROR = "(y_pred - y_true)"

for name, hint, right, wrong in (
    (
        "two-times-the-square",
        "You have the 2 in front, and the square is still there. Which power is left in the slope of e ** 2?",
        ERROR,
        "(y_pred - y_true) ** 2",
    ),
    (
        "loss-of-all",
        "This is the loss itself, one number. The gradient says for *each* prediction how fast the loss grows.",
        ALL,
        "np.mean((y_pred - y_true) ** 2)",
    ),
    (
        "squares",
        "These are the squared errors. The slope of e ** 2 is not e ** 2, and the loss is a *mean*: what does that do to each of them?",
        ALL,
        "(y_pred - y_true) ** 2",
    ),
    (
        "plain-error",
        "This is the plain error. What does the slope of e ** 2 have in front, and by what does the mean divide?",
        ALL,
        "y_pred - y_true",
    ),
    (
        "plain-error-the-other-way",
        "This is the plain error, the other way round: truth minus prediction. Which comes first in the formula, and which two numbers are missing?",
        ALL,
        "y_true - y_pred",
    ),
    (
        "sum-of-both",
        "You *add* prediction and truth. The error is how far apart they are.",
        ERROR,
        "(y_pred + y_true)",
    ),
    (
        "prediction-only",
        "The truth is not in your gradient. At a perfect prediction the slope is 0: what is to be subtracted?",
        ERROR,
        "y_pred",
    ),
    (
        "truth-times-prediction",
        "You multiply the error by the prediction. What is the slope of e ** 2 when e grows by as much as the prediction?",
        ERROR,
        "(y_pred - y_true) * y_pred",
    ),
    (
        "one-mean-for-all",
        "Every place got the same number, the mean. Each prediction has its own error.",
        ALL,
        "np.full(y_pred.shape, np.mean(2 * (y_pred - y_true)))",
    ),
    (
        "slope-of-the-root",
        "You divide by the root of the loss too: that is the slope of the *root* of the mean square. Here no root is taken.",
        ALL,
        "(y_pred - y_true) / (y_pred.size * np.sqrt(np.mean((y_pred - y_true) ** 2) + 1e-300))",
    ),
    (
        "rounded",
        "Your slopes are rounded. A function hands on all that it has.",
        ALL,
        "np.round(2 * (y_pred - y_true) / y_pred.size, 2)",
    ),
    (
        "divided-by-one-less",
        "You divide by one less than the number of errors. A mean divides by all of them.",
        "y_pred.size",
        "max(y_pred.size - 1, 0.5)",
    ),
    (
        "flat-row",
        "The slopes are right, but they stand in a single row. Asked for is the shape of y_pred: is `ravel` needed?",
        ALL,
        "(2 * (y_pred - y_true) / y_pred.size).ravel()",
    ),
    (
        "divided-by-the-sum",
        "You divide by the sum of the predictions. A mean divides by *how many* there are.",
        "y_pred.size",
        "y_pred.sum()",
    ),
    (
        "no-brackets",
        "Without brackets the 2 meets the prediction only, and only the truth is divided. What should be subtracted first?",
        ALL,
        "2 * y_pred - y_true / y_pred.size",
    ),
    (
        "twice-the-prediction",
        "The 2 meets the prediction only: the brackets begin too early. Which difference belongs together?",
        "2 * (y_pred - y_true)",
        "(2 * y_pred - y_true)",
    ),
    (
        "only-the-truth-divided",
        "Only the truth is divided: the brackets end too late. Which difference belongs together?",
        "(y_pred - y_true) / y_pred.size",
        "(y_pred - y_true / y_pred.size)",
    ),
    (
        "half-of-the-error",
        "You have a half in front. What does the slope of e ** 2 have there: is it more or less than e?",
        "2 * (y",
        "0.5 * (y",
    ),
):
    mse_gradient.slip(name, hint, right, wrong)


@mse_gradient.mistake(
    "changes-the-truth",
    "Your code writes into the caller's `y_true`, as `y_true -= …` does. Make a new array: `y_pred - y_true`.",
)
def _(y_true, y_pred):
    gradient = 2 * (y_pred - y_true) / y_pred.size
    y_true[...] = y_true - y_pred
    return gradient
