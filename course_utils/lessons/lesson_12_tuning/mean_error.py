"""Report the mean of several runs and its standard error."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def mean_with_error(scores):
    """The mean, and the standard deviation (divided by n - 1) over the root of n."""
    n = len(scores)
    return scores.mean(), np.sqrt(np.sum((scores - scores.mean()) ** 2) / (n - 1)) / np.sqrt(n)


mean_error = FunctionExercise(
    "mean-error", reference=mean_with_error, points=2, answer="mean_and_error", title="Mean and standard error"
)


@mean_error.cases
def _(rng):
    yield small("90, 92, 94 and 92", np.array([90.0, 92.0, 94.0, 92.0]))
    yield random("six runs", rng.normal(90, 2, size=6))
    yield random("eleven runs", rng.normal(0.9, 0.02, size=11))
    yield edge("two runs", rng.normal(90, 2, size=2))
    yield edge("always the same", np.full(5, 91.0))
    yield edge("three whole numbers", rng.integers(80, 100, size=3))
    yield edge("two hundred runs", rng.normal(0.9, 0.02, size=200))


@mean_error.variant("ddof")
def _(scores):
    error = np.std(scores, ddof=1) / len(scores) ** 0.5
    return float(np.mean(scores)), float(error)


mean_error.variant("by the formula")(mean_with_error)


@mean_error.variant("both roots in one")
def _(scores):
    return np.mean(scores), np.std(scores) / np.sqrt(len(scores) - 1)


@mean_error.variant("one root, in a loop")
def _(scores):
    mean = sum(scores) / len(scores)
    squares = 0.0
    for score in scores:
        squares += (score - mean) ** 2
    return [mean, (squares / (len(scores) * (len(scores) - 1))) ** 0.5]


mean_error.slip(
    "divides-by-n",
    (
        "Close, but a little too small. Seen from their own mean, n numbers hold only n - 1 free differences. "
        "Which argument of std says so?"
    ),
    ", ddof=1",
    "",
)

mean_error.slip(
    "deviation",
    "That is the spread of single runs. The mean of several runs is surer than one run; by which factor?",
    " / len(scores) ** 0.5",
    "",
)

mean_error.slip(
    "no-root",
    "You divided by n. Four times as many runs halve the error; which function of n does that?",
    " ** 0.5",
    "",
)

mean_error.slip(
    "variance", "The variance is in squared units. What turns it into the unit of the scores?", "np.std", "np.var"
)

mean_error.slip(
    "square-of-it",
    "That is the square of the standard error. What is the last thing to do?",
    "np.std(scores, ddof=1) / len(scores) ** 0.5",
    "np.var(scores, ddof=1) / len(scores)",
)

mean_error.slip(
    "best-run",
    "You report the best run. Would the next run come out like the best one, or like the mean?",
    "np.mean(scores)",
    "np.max(scores)",
)

mean_error.slip(
    "swapped",
    "Both numbers are right but in the wrong order. Which comes first, mean or error?",
    "float(np.mean(scores)), float(error)",
    "float(error), float(np.mean(scores))",
)

mean_error.slip(
    "sum-before-square",
    "Your error is always 0: the differences from the mean cancel in the sum. What happens to each of them first?",
    "np.sum((scores - scores.mean()) ** 2)",
    "np.sum(scores - scores.mean()) ** 2",
    of="by the formula",
)

mean_error.slip(
    "root-of-n-minus-one",
    "n - 1 stands inside s only. Of which number is the root outside?",
    "len(scores) ** 0.5",
    "(len(scores) - 1) ** 0.5",
)

mean_error.slip(
    "median",
    "You report the run in the middle. The text asks for the mean.",
    "float(np.mean(scores))",
    "float(np.median(scores))",
)

mean_error.slip(
    "only-the-error",
    "That is the error, without the mean. Which two numbers should come back?",
    "float(np.mean(scores)), float(error)",
    "float(error)",
)

mean_error.slip(
    "two-errors",
    "Your error is twice the standard error. The doubling belongs to the rule of exercise 6, not here.",
    "float(np.mean(scores)), float(error)",
    "float(np.mean(scores)), 2 * float(error)",
)


mean_error.slip(
    "one-taken-from-the-quotient",
    "Python divides before it subtracts: you divide by n and take 1 away from the result. What has to stand in brackets?",
    "/ (n - 1)",
    "/ n - 1",
    of="by the formula",
)

mean_error.slip(
    "distances",
    "You add up how far each run is from the mean. What does the formula do with each difference before it is added?",
    "np.sqrt(np.sum((scores - scores.mean()) ** 2) / (n - 1))",
    "np.sum(np.abs(scores - scores.mean())) / (n - 1)",
    of="by the formula",
)

mean_error.slip(
    "mean-distance",
    "You take the mean distance from the mean. What does the formula do with each difference before it is added, and by what does it divide?",
    "np.sqrt(np.sum((scores - scores.mean()) ** 2) / (n - 1))",
    "np.mean(np.abs(scores - scores.mean()))",
    of="by the formula",
)

mean_error.slip(
    "root-of-the-quotient",
    "You divide s by n and take the root of both. Of which of the two does the formula take a root here?",
    "np.std(scores, ddof=1) / len(scores) ** 0.5",
    "(np.std(scores, ddof=1) / len(scores)) ** 0.5",
)

mean_error.slip(
    "times-the-root",
    "With more runs your error grows. Is the mean of many runs surer than one run, or less sure?",
    " / len(scores) ** 0.5",
    " * len(scores) ** 0.5",
)

mean_error.slip(
    "sum-not-mean",
    "The error is right. Your first number is the sum of the runs: what makes a mean of it?",
    "float(np.mean(scores))",
    "float(np.sum(scores))",
)

mean_error.slip(
    "mean-by-n-minus-one",
    "The error is right, the mean is too high. n - 1 belongs to s: by what is the sum of n runs divided?",
    "return scores.mean(),",
    "return np.sum(scores) / (n - 1),",
    of="by the formula",
)

mean_error.slip(
    "always-four-runs",
    "In the worked numbers there are 4 runs, so the root is 2. How many runs are in `scores`?",
    "len(scores) ** 0.5",
    "2",
)

mean_error.slip(
    "from-the-median",
    "Your differences are taken from the run in the middle. From what does the formula measure them?",
    "np.sum((scores - scores.mean()) ** 2)",
    "np.sum((scores - np.median(scores)) ** 2)",
    of="by the formula",
)

mean_error.slip(
    "half-the-range",
    "You look at the highest and the lowest run only. s asks every run how far it is from the mean: which function gives s?",
    "np.std(scores, ddof=1)",
    "(np.max(scores) - np.min(scores))",
)


mean_error.equivalent("scores - scores.mean()", why="the square has no sign")
mean_error.equivalent("score - mean", why="the square has no sign")
