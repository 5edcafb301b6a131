"""More mistakes in scaling: another spread, another part's numbers, parts that change places."""

import numpy as np

from .standardize import standardize


def leaves_small_ones(seen, *parts):
    """Whether every feature is scaled rightly or divided by 1, and one with a small spread is divided by 1."""
    away = np.concatenate([part - parts[0].mean(axis=0) for part in parts])
    spread = parts[0].std(axis=0)
    right = away / np.where(spread == 0, 1, spread)
    as_one = np.isclose(np.concatenate(seen), away, rtol=1e-6, atol=1e-12).all(axis=0)
    as_right = np.isclose(np.concatenate(seen), right, rtol=1e-6, atol=1e-12).all(axis=0)
    return (as_one | as_right).all() and (as_one & ~as_right & (spread < 1)).any() and not (as_one & (spread > 1)).any()


standardize.slip(
    "small-spreads-raised",
    "You divide by 1 where the spread is small, not only where it is 0. A feature of the size of a hundredth then stays tiny.",
    "np.where(spread == 0, 1, spread)",
    "np.maximum(spread, 1)",
    when=leaves_small_ones,
)


def fills_otherwise(seen, *parts):
    """Whether what is wrong are only features with the spread 0, and they were divided by a number other than 1."""
    flat = parts[0].std(axis=0) == 0
    away = np.concatenate([part - parts[0].mean(axis=0) for part in parts])[:, flat]
    scaled = np.concatenate(seen)[:, flat]
    moved = np.abs(away) > 1e-9
    return moved.any() and np.isfinite(scaled).all() and (scaled[moved] != 0).all() and not np.allclose(scaled, away)


standardize.slip(
    "not-one-in-its-place",
    "Where the spread is 0, you divide by another number than 1. Who differs a little from everybody in training then becomes very large or very small.",
    "np.where(spread == 0, 1, spread)",
    "np.where(spread == 0, 0.001, spread)",
    when=fills_otherwise,
)

standardize.slip(
    "mean-distance",
    "You divide by the mean distance from the mean. The spread of the text is the root of the mean *squared* distance.",
    "known.std(axis=0)",
    "np.mean(np.abs(known - known.mean(axis=0)), axis=0)",
)

standardize.slip(
    "range",
    "You divide by the range, from the lowest to the highest. The spread of the text is the standard deviation.",
    "known.std(axis=0)",
    "np.ptp(known, axis=0)",
)

standardize.slip(
    "leak-of-test",
    "The test part is in your mean and spread. It stands for patients of tomorrow: which part alone may you look at?",
    "known = x_train",
    "known = np.concatenate([x_train, x_test])",
)

standardize.slip(
    "statistics-of-test",
    "Mean and spread come from the test part, and from nothing else. Which part alone may you look at?",
    "known = x_train",
    "known = x_test",
)

standardize.slip(
    "statistics-of-validation",
    "Mean and spread come from the validation part. It stands for unseen patients too: which part alone may you look at?",
    "known = x_train",
    "known = x_val",
)

standardize.slip(
    "own-means",
    "The spread is that of the training part, but each part has its own mean. Which one mean serves all three?",
    "(x_val - mean) / spread, (x_test - mean) / spread",
    "(x_val - x_val.mean(axis=0)) / spread, (x_test - x_test.mean(axis=0)) / spread",
)

standardize.slip(
    "parts-swapped",
    "The second and the third part have changed places: training, validation, test.",
    "(x_val - mean) / spread, (x_test - mean) / spread",
    "(x_test - mean) / spread, (x_val - mean) / spread",
)

standardize.slip(
    "one-spread-for-all-features",
    "The means are right, but one spread serves all features. How many spreads do you need for 30 features?",
    "known.std(axis=0)",
    "known.std()",
)


@standardize.mistake(
    "measured-again-in-each-turn",
    "You work in place and measure `x_train` in each turn of the loop: from the second on its mean is 0 and its spread 1. The caller's "
    "arrays are changed, too. Which two things are computed once, before the loop?",
)
def _(x_train, x_val, x_test):
    for part in (x_train, x_val, x_test):
        mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
        spread[spread == 0] = 1
        part -= mean
        part /= spread
    return x_train, x_val, x_test
