"""The mean squared error: mistakes in the order of its steps, in what is divided by, and in what is squared."""

from .mse import mse

ALL = "np.square(y_true - y_pred).mean()"
ERROR = "np.square(y_true - y_pred)"

for name, hint, right, wrong in (
    (
        "squares-of-the-predictions",
        "You square the predictions alone. The error says how far they are from the truth: what is subtracted first?",
        ERROR,
        "(y_pred**2)",
    ),
    (
        "sum-of-both",
        "You *add* prediction and truth before you square. How far apart are they?",
        ERROR,
        "np.square(y_true + y_pred)",
    ),
    (
        "doubled-not-squared",
        "You double the error. To square it is to multiply it by itself: what is the square of 3?",
        ERROR,
        "((y_pred - y_true) * 2)",
    ),
    (
        "share-of-the-truth",
        "You divide the errors by the truth. The squared error takes them as they are, whatever the size of the truth.",
        ERROR,
        "np.square((y_true - y_pred) / y_true)",
    ),
    (
        "rounded",
        "Your result is rounded. On paper two places are enough; a function hands on all that it has.",
        ALL,
        "np.round(np.square(y_true - y_pred).mean(), 2)",
    ),
    (
        "negative",
        "Your loss is negative. No square is below 0: which sign stands in front?",
        ALL,
        "-np.square(y_true - y_pred).mean()",
    ),
    (
        "first-error-only",
        "Only the first error is in your loss. How often does your loop run before the function returns?",
        ".mean()",
        ".ravel()[0]",
    ),
    (
        "last-error-missing",
        "The last error never counts. Where does your loop end?",
        ALL,
        "np.square(y_true - y_pred).ravel()[:-1].sum() / y_true.size",
    ),
    (
        "last-error-only",
        "Only the last error is left in your sum: each turn of the loop forgets the one before. How does a sum grow?",
        ALL,
        "np.square(y_true - y_pred).ravel()[-1] / y_true.size",
    ),
    (
        "last-square-only",
        "Only the last square is left: each turn of the loop forgets the one before. How does a sum grow?",
        ".mean()",
        ".ravel()[-1]",
    ),
    (
        "fixed-count",
        "You always divide by 2. How many errors are there? The arrays know it.",
        ".mean()",
        ".sum() / 2",
    ),
    (
        "mean-and-errors",
        "You return two values, side by side. The loss is a single number: which one?",
        ALL,
        "(np.square(y_true - y_pred).mean(), y_pred - y_true)",
    ),
    (
        "all-in-one-array",
        "The number is right, but it stands in an array of length 1. A loss is one number: are there brackets too many?",
        ALL,
        "np.array([np.square(y_true - y_pred).mean()])",
    ),
    (
        "divided-by-the-columns",
        "For a table you divide by the length of its last axis only. Over how many numbers does the mean run?",
        ".mean()",
        ".sum() / y_true.shape[-1]",
    ),
):
    mse.slip(name, hint, right, wrong)
