"""Scale every feature to mean 0 and spread 1, by what the training part alone tells."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def scaled(x_train, x_val, x_test):
    """(x - mean) / spread for each feature; mean and spread of the training part only, and a spread of 0 counts as 1."""
    mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (x_train - mean) / spread, (x_val - mean) / spread, (x_test - mean) / spread


standardize = FunctionExercise("standardize", reference=scaled, points=3, title="Scale without a leak")


@standardize.cases
def _(rng):
    def parts(features):
        return [
            rng.normal(5 + 3 * part, 1 + part, (n, features)).round(2) * np.arange(1, features + 1)
            for part, n in enumerate((12, 5, 7))
        ]

    yield small(
        "two features: training means 2 and 20, spreads 1 and 10",
        np.array([[1.0, 10], [3, 30]]),
        np.array([[2.0, 40], [4, 20]]),
        np.array([[5.0, 20]]),
    )
    yield random("three features", *parts(3))
    yield random("five features", *parts(5))
    yield edge("features of the size of a hundredth", *(part / 1000 for part in parts(2)))
    with_constant = [np.column_stack([part, np.full(len(part), 4.0)]) for part in parts(2)]
    yield edge("a feature that is 4 for everybody", *with_constant)
    train, *others = with_constant
    yield edge(
        "a feature that is 4 for training and 4.5 for others", train, *(part + np.array([0, 0, 0.5]) for part in others)
    )


def adds_a_little(seen, *parts):
    """Whether one small number was added to the spread of each feature, or to its square."""
    mean, spread = parts[0].mean(axis=0), parts[0].std(axis=0)
    scaled, away = np.concatenate(seen), np.concatenate(parts) - mean
    for power in (1, 2):
        got, rest = np.abs(scaled) ** power, np.abs(away) ** power - np.abs(scaled * spread) ** power
        added = np.sum(got * rest) / np.sum(got * got)
        if 0 < added < 0.01 and np.allclose(got * added, rest, rtol=1e-3, atol=1e-12):
            return True
    return False


@standardize.variant("what is known, by name")
def _(x_train, x_val, x_test):
    known = x_train
    mean, spread = known.mean(axis=0), known.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (x_train - mean) / spread, (x_val - mean) / spread, (x_test - mean) / spread


standardize.variant("1 in place of a spread of 0")(scaled)


@standardize.variant("1 added where the spread is 0")
def _(x_train, x_val, x_test):
    mean, spread = np.mean(x_train, axis=0), np.std(x_train, axis=0)
    spread += spread == 0
    return [(part - mean) / spread for part in (x_train, x_val, x_test)]


@standardize.variant("feature by feature, in float32")
def _(x_train, x_val, x_test):
    parts = [part.astype("float32") for part in (x_train, x_val, x_test)]
    for column in range(x_train.shape[1]):
        mean, spread = x_train[:, column].mean(), x_train[:, column].std()
        for part in parts:
            part[:, column] = (part[:, column] - mean) / (spread or 1)
    return tuple(parts)


standardize.slip(
    "leak",
    (
        "You took mean and spread of all three parts together. Then the test data have helped to prepare the "
        "training: a leak. Which part alone may you look at?"
    ),
    "known = x_train",
    "known = np.concatenate([x_train, x_val, x_test])",
)

standardize.slip(
    "leak-of-validation",
    (
        "The test part kept its secret, but the validation part did not: its rows are in your mean. "
        "They stand for unseen patients as well."
    ),
    "known = x_train",
    "known = np.concatenate([x_train, x_val])",
)


@standardize.mistake(
    "each-by-its-own",
    "Each part has its own mean and spread, so the same patient would get other numbers in another part. "
    "Which one mean serves all three?",
)
def _(x_train, x_val, x_test):
    return tuple(
        (x - x.mean(axis=0)) / np.where(x.std(axis=0) == 0, 1, x.std(axis=0)) for x in (x_train, x_val, x_test)
    )


standardize.slip(
    "one-mean-for-all-features",
    "One mean for the whole table mixes areas of 1000 with smoothness of 0.1. Along which axis do the patients run?",
    "known.mean(axis=0), known.std(axis=0)",
    "known.mean(), known.std()",
)


@standardize.mistake(
    "mean-of-a-patient", "You averaged over the features of a patient. Which axis gives one mean for each feature?"
)
def _(x_train, x_val, x_test):
    return tuple((x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True) for x in (x_train, x_val, x_test))


standardize.slip(
    "not-centred",
    "The spread is right, but the training means are not 0 yet. What is subtracted before dividing?",
    "known.mean(axis=0)",
    "0",
)

standardize.slip(
    "only-centred",
    "The means are 0 now, and the features still differ a thousandfold in size. What do you divide by?",
    "np.where(spread == 0, 1, spread)",
    "1",
)

standardize.slip(
    "variance",
    "You divide by the variance, the square of the spread. Which NumPy function gives the spread itself?",
    "known.std(axis=0)",
    "known.var(axis=0)",
)

standardize.slip(
    "zero-to-one",
    "You stretch each feature from 0 to 1. That is another way to scale; this exercise asks for mean 0 and spread 1.",
    "known.mean(axis=0), known.std(axis=0)",
    "known.min(axis=0), np.ptp(known, axis=0)",
)

standardize.slip(
    "training-only",
    (
        "Only the training part was scaled. The network will be asked about the other two: "
        "in which units does it expect them?"
    ),
    "(x_val - mean) / spread, (x_test - mean) / spread",
    "x_val, x_test",
)

standardize.slip(
    "divides-by-zero",
    (
        "A feature that never changes has the spread 0, and 0 / 0 is not a number. "
        "By what can you divide it instead, so that it stays 0?"
    ),
    "    spread = np.where(spread == 0, 1, spread)\n",
    "",
)

standardize.slip(
    "tiny-instead-of-one",
    (
        "A tiny number keeps 0 / 0 away. But a new patient who differs by 0.5 in a feature that was the same for all "
        "training patients is then millions of spreads away. What does the text divide by?"
    ),
    "    spread += spread == 0\n",
    "    spread = spread + 1e-7\n",
    of="1 added where the spread is 0",
    when=adds_a_little,
)
standardize.equivalent("x_train.shape[1]", "x_val.shape[1]", why="all parts have the same features")
standardize.equivalent("x_train.shape[1]", "x_test.shape[1]", why="all parts have the same features")

standardize.slip(
    "ddof",
    "Your spread divides by the number of patients less one. The spread of the text is the root of the *mean* squared distance: what is the default of `std`?",
    "np.std(x_train, axis=0)",
    "np.std(x_train, axis=0, ddof=1)",
    of="1 added where the spread is 0",
)

standardize.slip(
    "brackets",
    "Only the mean is divided by the spread. What has to be done first, the difference or the division?",
    "(part - mean) / spread",
    "part - mean / spread",
    of="1 added where the spread is 0",
)

standardize.slip(
    "all-become-zero",
    "Where the spread is 0, you make everything 0. A new patient with another value is not 0: divide by 1 there.",
    "[(part - mean) / spread for",
    "[np.nan_to_num((part - mean) / np.std(x_train, axis=0), nan=0, posinf=0, neginf=0) for",
    of="1 added where the spread is 0",
)

standardize.slip(
    "median",
    "You subtract the median. The mean is asked for: the sum over the patients, divided by their number.",
    "np.mean(x_train, axis=0)",
    "np.median(x_train, axis=0)",
    of="1 added where the spread is 0",
)
