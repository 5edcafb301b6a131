"""An extra: the way back through batch normalisation, where every example has moved the mean and the variance."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def back(dy, x, gamma, epsilon=1e-3):
    """dx, dgamma and dbeta of gamma (x - mean) / sqrt(variance + epsilon) + beta, in training."""
    spread = np.sqrt(x.var(axis=0) + epsilon)
    normed = (x - x.mean(axis=0)) / spread
    dx = gamma / spread * (dy - dy.mean(axis=0) - normed * (dy * normed).mean(axis=0))
    return dx, (dy * normed).sum(axis=0), dy.sum(axis=0)


batch_norm_backward = FunctionExercise(
    "batch-norm-backward",
    reference=back,
    points=4,
    title="Back through batch normalisation",
    library=(nn.BatchNormalization,),
    extra=True,
)


@batch_norm_backward.cases
def _(rng):
    def sizes(count, features):
        x = rng.normal(size=(count, features)) * 3 + rng.uniform(1, 4, size=features)
        return rng.normal(size=(count, features)), x, rng.uniform(0.5, 2, features)

    x = np.array([[1.0], [1.0], [5.0], [5.0]])
    dy = np.array([[4.0], [0.0], [0.0], [0.0]])
    yield small("1, 1, 5 and 5, the slope 4 at the first: dx is 2, -2, 0, 0", dy, x, np.array([2.0]), epsilon=0.0)
    yield random("6 examples of 3 features", *sizes(6, 3))
    yield random("5 examples of 2 features, another epsilon", *sizes(5, 2), epsilon=float(rng.uniform(0.1, 0.5)))
    dy, x, gamma = sizes(5, 3)
    yield random("values that hardly differ", dy, 7 + 0.01 * x, gamma)
    yield edge("two hundred examples of one feature", *sizes(200, 1))
    yield edge("one example: nothing it does can move y", *sizes(1, 3))
    yield edge("a feature that never changes", dy, np.full_like(x, 2.0), gamma)
    yield edge("the same slope everywhere moves nothing", np.ones_like(dy), x, gamma)


@batch_norm_backward.variant("the formula")
def _(dy, x, gamma, epsilon=1e-3):
    spread = np.sqrt(x.var(axis=0) + epsilon)
    normed = (x - x.mean(axis=0)) / spread
    dgamma, dbeta = np.sum(dy * normed, axis=0), np.sum(dy, axis=0)
    dx = gamma / spread * (dy - dbeta / len(x) - normed * dgamma / len(x))
    return dx, dgamma, dbeta


@batch_norm_backward.variant("way by way: straight on, through the variance, through the mean")
def _(dy, x, gamma, epsilon=1e-3):
    n = len(x)
    centered = x - x.mean(axis=0)
    spread = (x.var(axis=0) + epsilon) ** 0.5
    dnormed = dy * gamma
    dvariance = -0.5 * (dnormed * centered).sum(axis=0) / spread**3
    dcentered = dnormed / spread + 2 * dvariance * centered / n
    dmean = -dcentered.sum(axis=0)
    return [dcentered + dmean / n, (dy * centered / spread).sum(axis=0), dy.sum(axis=0)]


_WAYS = "way by way: straight on, through the variance, through the mean"

batch_norm_backward.slip(
    "straight-on-only",
    "You treat mean and variance as if they were fixed numbers. Move one x a little: what happens to the mean and the variance, and so to every y?",
    "(dy - dbeta / len(x) - normed * dgamma / len(x))",
    "dy",
)

batch_norm_backward.slip(
    "variance-fixed",
    "The way through the mean is there, the one through the variance is missing. A large x moved outwards widens the spread, and all others come nearer to the middle.",
    " - normed * dgamma / len(x)",
    "",
)

batch_norm_backward.slip(
    "mean-fixed",
    "The way through the variance is there, the one through the mean is missing. When one x grows, what happens to every other x - mean?",
    " - dbeta / len(x)",
    "",
)

batch_norm_backward.slip(
    "no-gamma",
    "dx does not know gamma. What was each number multiplied by on the way forward?",
    "gamma / spread *",
    "1 / spread *",
)

batch_norm_backward.slip(
    "no-spread",
    "dx is not divided by the spread. A change of x is made smaller by it on the way forward, so the slope is as well.",
    "gamma / spread *",
    "gamma *",
)

batch_norm_backward.slip(
    "no-root",
    "You divide by the variance. What did the way forward divide by?",
    "np.sqrt(x.var(axis=0) + epsilon)",
    "(x.var(axis=0) + epsilon)",
)

batch_norm_backward.slip(
    "sums-for-means",
    "What you subtract from dy are the sums over the batch. Each example has an N-th part in the mean: what is missing?",
    "(dy - dbeta / len(x) - normed * dgamma / len(x))",
    "(dy - dbeta - normed * dgamma)",
)

batch_norm_backward.slip(
    "means-for-sums",
    "gamma and beta took part in every row, and you take means over the rows. A gradient adds what comes back.",
    "return dx, dgamma, dbeta",
    "return dx, dgamma / len(x), dbeta / len(x)",
)

batch_norm_backward.slip(
    "gamma-and-beta-exchanged",
    "The gradients of gamma and beta have changed places. Which of them meets the normalised x?",
    "return dx, dgamma, dbeta",
    "return dx, dbeta, dgamma",
)

batch_norm_backward.slip(
    "dgamma-with-x",
    "For gamma's gradient you took x as it came in. What does gamma multiply?",
    "np.sum(dy * normed, axis=0), np.sum",
    "np.sum(dy * x, axis=0), np.sum",
)

batch_norm_backward.slip(
    "plus-for-minus",
    "Both ways back through the batch have the wrong sign. When the mean grows, x - mean gets smaller.",
    "(dy - dbeta / len(x) - normed * dgamma / len(x))",
    "(dy + dbeta / len(x) + normed * dgamma / len(x))",
)

batch_norm_backward.slip(
    "normed-forgotten",
    "The way through the variance hits all examples alike in your dx. Which of them does a wider spread move most?",
    "normed * dgamma / len(x))",
    "dgamma / len(x))",
)

batch_norm_backward.slip(
    "fixed-epsilon",
    "Your epsilon is always 0.001. The caller may give another: which parameter holds it?",
    "x.var(axis=0) + epsilon",
    "x.var(axis=0) + 1e-3",
)

batch_norm_backward.slip(
    "epsilon-outside-the-root",
    "You add epsilon to the root. On the way forward it was added to the variance.",
    "np.sqrt(x.var(axis=0) + epsilon)",
    "np.sqrt(x.var(axis=0)) + epsilon",
)

batch_norm_backward.slip(
    "whole-table",
    "You take one mean and one variance of the whole table. Each feature has its own: which axis are the examples?",
    "spread = np.sqrt(x.var(axis=0) + epsilon)\n    normed = (x - x.mean(axis=0)) / spread",
    "spread = np.sqrt(x.var() + epsilon)\n    normed = (x - x.mean()) / spread",
)

batch_norm_backward.slip(
    "half-the-variance-s-way",
    "The way through the variance has half its length. The slope of a square is two times what is squared.",
    "2 * dvariance * centered / n",
    "dvariance * centered / n",
    of=_WAYS,
)
