"""Batch normalisation: more mistakes, in the formula and in what is stored."""

import numpy as np

from .batch_norm import batch_norm

batch_norm.slip(
    "deviation-for-variance",
    "You put the spread where the variance belongs. The root is taken of it later: which of the two is the square?",
    "x.mean(axis=0), x.var(axis=0)",
    "x.mean(axis=0), x.std(axis=0)",
)

batch_norm.slip(
    "one-variance-for-all",
    "Your variance is a single number for the whole table. Each feature has its own: which axis are the examples?",
    "x.var(axis=0)",
    "x.var()",
)

batch_norm.slip(
    "one-mean-for-all",
    "Your mean is a single number for the whole table. Each feature has its own: which axis are the examples?",
    "x.mean(axis=0)",
    "x.mean()",
)

batch_norm.slip(
    "epsilon-behind-the-quotient",
    "You add epsilon after dividing, so every y is a little too large. Brackets: under which sign does epsilon stand?",
    "np.sqrt(variance + epsilon)",
    "np.sqrt(variance) + epsilon",
)

batch_norm.slip(
    "gamma-and-beta-swapped",
    "Gamma and beta have changed places. Which one is the spread, and which one the middle?",
    "gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "beta * (x - mean) / np.sqrt(variance + epsilon) + gamma",
)

batch_norm.slip(
    "no-beta",
    "The spread is right, the middle is not: it is always 0. Which parameter moves it?",
    " + beta",
    "",
)

batch_norm.slip(
    "no-gamma",
    "The middle is right, the spread is not: gamma is nowhere in y. What does it multiply?",
    "gamma * (x - mean)",
    "(x - mean)",
)

batch_norm.slip(
    "only-centred",
    "The mean is gone, but the numbers are as far apart as before. What are they divided by?",
    " / np.sqrt(variance + epsilon)",
    "",
)

batch_norm.slip(
    "mean-not-subtracted",
    "You divide the x themselves by the spread. What is taken away from them first?",
    "(x - mean)",
    "x",
)

batch_norm.slip(
    "variance-not-stored",
    "The stored mean moves, the stored variance does not. Both are needed in use.",
    "        stored_variance = momentum * stored_variance + (1 - momentum) * variance\n",
    "",
    of="step by step",
)

batch_norm.slip(
    "mean-not-stored",
    "The stored variance moves, the stored mean does not. Both are needed in use.",
    "        stored_mean = momentum * stored_mean + (1 - momentum) * mean\n",
    "",
    of="step by step",
)

batch_norm.slip(
    "added-in-full",
    "Each batch is added in full to the stored averages, so they grow. How large is its share?",
    "momentum * s + (1 - momentum) * b",
    "momentum * s + b",
)

batch_norm.slip(
    "last-batch-stored",
    "What you store is this batch alone: all batches before it are forgotten. Which share of the old averages stays?",
    "momentum * s + (1 - momentum) * b",
    "b",
)

batch_norm.slip(
    "stored-swapped",
    "All three results are right, but the last two have changed places: the stored mean comes first.",
    "return y, stored_mean, stored_variance",
    "return y, stored_variance, stored_mean",
    of="step by step",
)


@batch_norm.mistake(
    "momentum-and-epsilon-written-in",
    "Your momentum is always 0.9 and your epsilon 0.001. The caller may give others: which parameters hold them?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean, stored_variance = 0.9 * stored_mean + 0.1 * mean, 0.9 * stored_variance + 0.1 * variance
    return gamma * (x - mean) / np.sqrt(variance + 1e-3) + beta, stored_mean, stored_variance
