"""Normalise a batch as training does it and as use does it, and keep the stored averages."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def normalized(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    """gamma (x - mean) / sqrt(variance + epsilon) + beta, and the stored averages afterwards."""
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, stored_mean, stored_variance


batch_norm = FunctionExercise(
    "batch-norm",
    reference=normalized,
    points=4,
    title="Batch normalisation",
    library=(nn.BatchNormalization, nn.normalize),
)


@batch_norm.cases
def _(rng):
    def sizes(count, features):
        x = rng.normal(size=(count, features)) * 3 + rng.uniform(1, 4, size=features)
        return (
            x,
            rng.uniform(0.5, 2, features),
            rng.normal(size=features),
            rng.normal(size=features),
            rng.uniform(2, 5, features),
        )

    one = [np.array([number]) for number in (2.0, 10.0, 0.0, 4.0)]
    x = np.array([[1.0], [5.0]])
    yield small("training on 1 and 5: y is 8 and 12, stored 0.3 and 4", x, *one, True, epsilon=0.0)
    yield small("the same in use: y is 11 and 15", x, *one, False, epsilon=0.0)
    yield random("6 examples of 3 features, training", *sizes(6, 3), True)
    yield random("5 examples of 2 features, in use", *sizes(5, 2), False)
    yield random("another momentum", *sizes(4, 3), True, momentum=float(rng.choice([0.5, 0.8, 0.99])))
    x, *others = sizes(5, 3)
    yield random("values that hardly differ, training", 7 + 0.01 * x, *others, True)
    yield random("stored variances close to 0, in use", x, *others[:3], rng.uniform(0, 0.01, 3), False)
    yield edge("another epsilon, training", *sizes(4, 2), True, epsilon=float(rng.uniform(0.1, 0.5)))
    yield edge("two hundred examples of one feature, training", *sizes(200, 1), True)
    yield edge("one example, training", *sizes(1, 3), True)
    yield edge("one example in use", *sizes(1, 4), False)
    same, *others = sizes(3, 2)
    yield edge("a feature that never changes", np.full_like(same, 2.0), *others, True)


@batch_norm.variant("mean and variance as a pair")
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    batch, stored = (x.mean(axis=0), x.var(axis=0)), (stored_mean, stored_variance)
    mean, variance = batch if training else stored
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    moved = [momentum * s + (1 - momentum) * b for s, b in zip(stored, batch, strict=True)]
    return y, *(moved if training else stored)


batch_norm.variant("step by step")(normalized)


@batch_norm.variant("a step towards the batch")
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    if not training:
        return (x - stored_mean) * (gamma / (stored_variance + epsilon) ** 0.5) + beta, stored_mean, stored_variance
    mean = np.sum(x, axis=0) / len(x)
    variance = np.sum((x - mean) ** 2, axis=0) / len(x)
    step = 1 - momentum
    return (
        (x - mean) * (gamma / (variance + epsilon) ** 0.5) + beta,
        stored_mean + step * (mean - stored_mean),
        stored_variance + step * (variance - stored_variance),
    )


@batch_norm.variant("feature by feature, as a list")
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    y, means, variances = np.empty(x.shape), stored_mean.copy(), stored_variance.copy()
    for f in range(x.shape[1]):
        mean, variance = (x[:, f].mean(), x[:, f].var()) if training else (means[f], variances[f])
        y[:, f] = gamma[f] * (x[:, f] - mean) / np.sqrt(variance + epsilon) + beta[f]
        if training:
            means[f] = momentum * means[f] + (1 - momentum) * mean
            variances[f] = momentum * variances[f] + (1 - momentum) * variance
    return [y, means, variances]


batch_norm.slip(
    "batch-in-use",
    "In use you still take mean and variance of the batch. What would a batch of one example give?",
    "batch if training else stored",
    "batch",
)

batch_norm.slip(
    "stored-in-training",
    "In training you normalise with the stored averages. Whose mean and variance make the batch come out around 0?",
    "batch if training else stored",
    "stored",
)

batch_norm.slip(
    "moved-averages-in-training",
    (
        "In training you normalise with the averages that you have just moved. They hold only a little of "
        "this batch: whose mean and variance belong into y?"
    ),
    "(x - mean) / np.sqrt(variance + epsilon)",
    "(x - stored_mean) / np.sqrt(stored_variance + epsilon)",
    of="step by step",
)

batch_norm.slip(
    "nothing-stored",
    "y is right, but the stored averages stayed as they were. How will the layer know them after the training?",
    "*(moved if training else stored)",
    "*stored",
)

batch_norm.slip(
    "momentum-reversed",
    "Your stored averages jump to the new batch. With momentum 0.9, which of the two keeps nine tenths?",
    "momentum * s + (1 - momentum) * b",
    "(1 - momentum) * s + momentum * b",
)

batch_norm.slip(
    "stored-in-use",
    "You update the stored averages in use as well. Should what the layer knows depend on whom it is asked about?",
    "*(moved if training else stored)",
    "*moved",
)

batch_norm.slip(
    "no-root",
    "You divide by the variance. To get a spread of 1, what do you take of the variance first?",
    "np.sqrt(variance + epsilon)",
    "(variance + epsilon)",
)

batch_norm.slip(
    "epsilon-outside-the-root",
    "Nearly: you add epsilon to the root. In the formula it is added to the variance. Which comes first?",
    "np.sqrt(variance + epsilon)",
    "(np.sqrt(variance) + epsilon)",
)

batch_norm.slip(
    "whole-table",
    "You take one mean over the whole table. Each feature has its own: which axis are the examples?",
    "x.mean(axis=0), x.var(axis=0)",
    "x.mean(), x.var()",
)

batch_norm.slip(
    "no-gamma-beta",
    "Everything comes out around 0 with spread 1, and there you stop. What are gamma and beta for?",
    "gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "(x - mean) / np.sqrt(variance + epsilon)",
)

batch_norm.slip(
    "no-epsilon",
    "A feature that never changes has variance 0, and you divide by its root. What keeps that from being 0?",
    "variance + epsilon",
    "variance",
)

batch_norm.slip(
    "writes-into-stored",
    "The numbers are right, but `+=` and `*=` write into the caller's arrays. Make new ones for the new averages.",
    "stored_mean = momentum * stored_mean + (1 - momentum) * mean",
    "stored_mean += (1 - momentum) * (mean - stored_mean)",
    of="step by step",
)

batch_norm.slip(
    "only-y",
    "y is there, and nothing else. The layer also has to hand on its stored mean and variance: three results, y first.",
    "return y, *(moved if training else stored)",
    "return y",
)

batch_norm.slip(
    "divides-by-n-minus-one",
    "Your variance is a little too large: it is divided by one less than the number of examples. What does `x.var` divide by?",
    "np.sum((x - mean) ** 2, axis=0) / len(x)",
    "np.sum((x - mean) ** 2, axis=0) / max(len(x) - 1, 1)",
    of="a step towards the batch",
)

batch_norm.slip(
    "epsilon-outside-in-use",
    "In training all is right. In use you add epsilon to the root; the formula adds it to the variance.",
    "(stored_variance + epsilon) ** 0.5",
    "(stored_variance**0.5 + epsilon)",
    of="a step towards the batch",
)

batch_norm.slip(
    "no-epsilon-in-use",
    "In training all is right. In use the epsilon is missing: it belongs under the root there as well.",
    "(stored_variance + epsilon) ** 0.5",
    "stored_variance**0.5",
    of="a step towards the batch",
)

batch_norm.slip(
    "epsilon-stored",
    "The stored variance takes in a little of epsilon. Epsilon is for the root only: what should be stored?",
    "x.var(axis=0)",
    "x.var(axis=0) + epsilon",
    of="step by step",
)

batch_norm.slip(
    "fixed-momentum",
    "The stored averages always move by a tenth. Which parameter says by how much?",
    "step = 1 - momentum",
    "step = 0.1",
    of="a step towards the batch",
)

batch_norm.slip(
    "beta-before-gamma",
    "You add beta before gamma multiplies, so gamma stretches beta as well. Which comes last in the formula?",
    "gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "gamma * ((x - mean) / np.sqrt(variance + epsilon) + beta)",
)

batch_norm.slip(
    "deviation-stored",
    "You store the spread, the root of the variance. The layer stores the variance itself.",
    "mean, variance = x.mean(axis=0), x.var(axis=0)\n",
    "mean, variance = x.mean(axis=0), x.var(axis=0)\n        stored_variance = stored_variance + (1 - momentum) / momentum "
    "* (x.std(axis=0) - variance)\n",
    of="step by step",
)

batch_norm.slip(
    "over-the-features",
    "You take mean and variance over the features of each example. Each feature has its own: along which axis lie the examples?",
    "x.mean(axis=0), x.var(axis=0)\n        stored_mean",
    "x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)\n        stored_mean",
    of="step by step",
)

batch_norm.slip(
    "fixed-epsilon",
    "Your epsilon is always 0.001. The caller may give another: which parameter holds it?",
    "variance + epsilon",
    "variance + 1e-3",
)

batch_norm.slip(
    "another-variance-stored",
    "y is right. The variance that you store is divided by one less than the number of examples. Store the one of the formula.",
    "(variance - stored_variance)",
    "(variance * len(x) / max(len(x) - 1, 1) - stored_variance)",
    of="a step towards the batch",
)


batch_norm.equivalent("x - mean", "mean - x", why="the square has no sign")
batch_norm.equivalent("if training: …", "if True: …", why="in use the mean that comes in is the stored one")
batch_norm.equivalent("training", "momentum", why="in use the mean that comes in is the stored one")
