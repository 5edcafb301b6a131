"""Exercises of lesson 04: squared error and its gradient, cross-entropy for two classes and for many, and which one where."""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small

lesson = Lesson("04_losses", "Losses")

# Mean squared error -----------------------------------------------------------------------------------

mse = lesson.function("mse", reference=nn.mean_squared_error, points=2, title="Mean squared error")


@mse.cases
def _(rng):
    yield small("errors of -1 and 3", np.array([3.0, 5.0]), np.array([2.0, 8.0]))
    yield random("five predictions", rng.normal(size=5), rng.normal(size=5))
    yield random("two outputs for each of three examples", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)))
    yield edge("a single prediction", rng.normal(size=1), rng.normal(size=1))
    yield edge("all predictions perfect", np.array([1.0, -2.0, 3.0]), np.array([1.0, -2.0, 3.0]))


@mse.mistake(
    "no-square",
    "You average the plain errors, so an error of +3 and one of -3 make 0. What makes every error count as positive?",
)
def _(y_true, y_pred):
    return np.mean(y_pred - y_true)


@mse.mistake(
    "absolute",
    "This is the mean *absolute* error, a loss of its own. In the squared error, twice as far off counts how many times as much?",
)
def _(y_true, y_pred):
    return np.mean(np.abs(y_pred - y_true))


@mse.mistake(
    "sum",
    "You add up the squares. With twice as many examples your loss doubles. Which word of the name is still missing?",
)
def _(y_true, y_pred):
    return np.sum((y_pred - y_true) ** 2)


@mse.mistake("root", "You took the square root at the end. The loss is the mean of the squares as it stands.")
def _(y_true, y_pred):
    return np.sqrt(np.mean((y_pred - y_true) ** 2))


@mse.mistake(
    "half",
    "Your result is half as large. Some books put ½ in front to get rid of a 2 later; here, as in Keras, there is none.",
)
def _(y_true, y_pred):
    return np.mean((y_pred - y_true) ** 2) / 2


@mse.mistake(
    "mean-before-square",
    "You average first and square afterwards, so errors of opposite sign cancel. In which order does the name ask for it?",
)
def _(y_true, y_pred):
    return np.mean(y_pred - y_true) ** 2


@mse.mistake(
    "difference-of-squares",
    "You square first and subtract afterwards. Where should the square go so that it squares the *error*?",
)
def _(y_true, y_pred):
    return np.mean(y_pred**2 - y_true**2)


@mse.mistake("no-mean", "You return one number for each prediction. A loss is a single number for the whole batch.")
def _(y_true, y_pred):
    return (y_pred - y_true) ** 2


@mse.mistake(
    "changes-input",
    "The result is right, but `y_pred -= y_true` writes into the caller's array. Make a new one: `y_pred - y_true`.",
)
def _(y_true, y_pred):
    y_pred -= y_true
    return np.mean(y_pred**2)


@mse.variant("np.square, the other way round")
def _(y_true, y_pred):
    return np.square(y_true - y_pred).mean()


@mse.variant("loop, with a plain Python number as result")
def _(y_true, y_pred):
    total = 0.0
    for t, p in zip(y_true.ravel(), y_pred.ravel(), strict=True):
        total += (t - p) ** 2
    return float(total / y_true.size)


@mse.variant("a dot product")
def _(y_true, y_pred):
    error = (y_pred - y_true).ravel()
    return error @ error / len(error)


@mse.variant("float32")
def _(y_true, y_pred):
    return np.mean((y_pred.astype(np.float32) - y_true.astype(np.float32)) ** 2)


# The gradient of the squared error --------------------------------------------------------------------

mse_gradient = lesson.function(
    "mse-gradient", reference=nn.mean_squared_error_gradient, points=2, title="The gradient of the squared error"
)


@mse_gradient.cases
def _(rng):
    yield small("errors of -1 and 3", np.array([3.0, 5.0]), np.array([2.0, 8.0]))
    yield random("five predictions", rng.normal(size=5), rng.normal(size=5))
    yield random("two outputs for each of three examples", rng.normal(size=(3, 2)), rng.normal(size=(3, 2)))
    yield edge("a single prediction", rng.normal(size=1), rng.normal(size=1))
    yield edge("all predictions perfect", np.array([1.0, -2.0, 3.0, 4.0]), np.array([1.0, -2.0, 3.0, 4.0]))


@mse_gradient.mistake(
    "forgot-two",
    "Your numbers are half of what they should be. What does the slope of the square, e ** 2, have in front?",
)
def _(y_true, y_pred):
    return (y_pred - y_true) / y_pred.size


@mse_gradient.mistake(
    "forgot-mean",
    "Each number is too large, by the same factor. The loss is a *mean*: by what is each single error divided in it?",
)
def _(y_true, y_pred):
    return 2 * (y_pred - y_true)


@mse_gradient.mistake(
    "sign",
    "All signs are turned round. If a prediction is too high, raising it makes the loss larger. Is that a positive or a negative slope?",
)
def _(y_true, y_pred):
    return 2 * (y_true - y_pred) / y_pred.size


@mse_gradient.mistake(
    "only-rows",
    "With several outputs for each example you divide by the number of rows only. Over how many numbers does the mean run?",
)
def _(y_true, y_pred):
    return 2 * (y_pred - y_true) / len(y_pred)


@mse_gradient.mistake(
    "one-number",
    "You return a single number. The gradient says for *each* prediction which way to move it: same shape as y_pred.",
)
def _(y_true, y_pred):
    return np.mean(2 * (y_pred - y_true))


@mse_gradient.mistake("absolute", "Your numbers are never negative. A gradient needs its sign: it tells up from down.")
def _(y_true, y_pred):
    return 2 * np.abs(y_pred - y_true) / y_pred.size


@mse_gradient.mistake(
    "squared", "You return the squares, so this is the loss of each prediction. The slope of e ** 2 is not e ** 2."
)
def _(y_true, y_pred):
    return (y_pred - y_true) ** 2 / y_pred.size


@mse_gradient.variant("the formula")
def _(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_pred.size


@mse_gradient.variant("as a mean of ones")
def _(y_true, y_pred):
    return (y_pred - y_true) * (2.0 / np.size(y_true))


@mse_gradient.variant("loop")
def _(y_true, y_pred):
    gradient = np.zeros(y_pred.shape)
    for place in np.ndindex(y_pred.shape):
        gradient[place] = 2 * (y_pred[place] - y_true[place]) / y_pred.size
    return gradient


@mse_gradient.variant("float32")
def _(y_true, y_pred):
    return (2 / y_pred.size * (y_pred - y_true)).astype(np.float32)


# Binary cross-entropy from logits ---------------------------------------------------------------------


def bce_from_logits(y, z):
    """mean(max(z, 0) - z y + log(1 + exp(-|z|))), exact for logits of any size."""
    return nn.binary_crossentropy(y, z, from_logits=True)


def breaks(seen, z, beyond):
    """Whether a loss came out as inf or nan, for scores larger than `beyond`."""
    return isinstance(seen, float | np.floating) and not np.isfinite(seen) and np.abs(z).max() > beyond


def patched(seen, true, z):
    """Whether a loss looks like log(p + tiny) or a clipped p: nearly right for usual scores, finite for extreme ones."""
    if not isinstance(seen, float | np.floating) or not np.isfinite(seen):
        return False
    return seen > 5 if np.abs(z).max() > 20 else abs(seen - true) < 0.02 * true


binary = lesson.function(
    "binary-crossentropy", reference=bce_from_logits, points=3, title="Binary cross-entropy from logits"
)


@binary.cases
def _(rng):
    yield small("p = 1/2 with label 1, p = 3/4 with label 0", np.array([1.0, 0.0]), np.array([0.0, np.log(3.0)]))
    yield random("six logits", rng.integers(0, 2, size=6).astype(float), rng.normal(size=6) * 2)
    yield random("a column of logits", np.array([[0.0], [1.0], [1.0]]), rng.normal(size=(3, 1)) * 2)
    yield edge("sure and right", np.array([1.0, 0.0]), np.array([5.0, -5.0]))
    yield edge("a logit of 9, and the label is 0", np.array([0.0]), np.array([9.0]))
    yield edge("a logit of 40, and the label is 0", np.array([0.0]), np.array([40.0]))
    yield edge("a logit of -40, and the label is 1", np.array([1.0]), np.array([-40.0]))
    yield edge("huge logits", np.array([1.0, 1.0, 0.0]), np.array([-1000.0, 1000.0, 1000.0]))


@binary.mistake(
    "overflow",
    "Almost: the formula is right, but np.exp(1000.0) overflows. How could the exponent be kept at or below 0 for every z?",
    when=lambda seen, y, z: breaks(seen, z, 700),
)
def _(y, z):
    return np.mean(np.log(1 + np.exp(z)) - y * z)


@binary.mistake(
    "through-probabilities",
    "Right for small logits. At z = 40 the sigmoid is rounded to exactly 1: what is the log of 1 - 1? "
    "Use the form of the loss that never computes p.",
    when=lambda seen, y, z: breaks(seen, z, 30),
)
def _(y, z):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary.mistake(
    "clipped",
    "With p kept between 1e-7 and 1 - 1e-7 nothing breaks, but no loss can exceed 16.1, however wrong the network is. "
    "What is the loss of a logit of -40 with label 1?",
)
def _(y, z):
    p = np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary.mistake(
    "small-number-added",
    "A small number inside the log keeps it from breaking, and makes it wrong: for a logit of -40 and the label 1 "
    "the loss is 40. What is yours? Rewrite the formula so that no repair is needed.",
    when=lambda seen, y, z: patched(seen, bce_from_logits(y, z), z),
)
def _(y, z):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


@binary.mistake(
    "forgot-sigmoid",
    "You take the log of the logit itself. A logit is a score that may be negative; "
    "which function turns it into a probability?",
)
def _(y, z):
    return -np.mean(y * np.log(z) + (1 - y) * np.log(1 - z))


@binary.mistake("sign", "Your loss is negative. The log of a probability is never above 0: which sign is missing?")
def _(y, z):
    return -np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))


@binary.mistake(
    "sum",
    "You add up the losses of all examples. With twice as many examples the loss would double. What do you return instead?",
)
def _(y, z):
    return np.sum(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))


@binary.mistake("no-mean", "You return one loss for each example. A loss is one number for the whole batch.")
def _(y, z):
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))


@binary.mistake(
    "labels-swapped",
    "Your loss is small when the network is wrong. A high logit speaks for label 1: which label should be cheap then?",
)
def _(y, z):
    return np.mean(np.maximum(z, 0) - z * (1 - y) + np.log1p(np.exp(-np.abs(z))))


@binary.mistake(
    "label-one-only",
    "Examples with label 0 cost nothing in your loss, so a network that always says yes would be perfect. "
    "Which half of the formula is missing?",
)
def _(y, z):
    return np.mean(y * (np.maximum(z, 0) - z + np.log1p(np.exp(-np.abs(z)))))


@binary.mistake(
    "squared-error",
    "This is the squared error of the probability. It never exceeds 1, not even for a network that is sure and wrong.",
)
def _(y, z):
    return np.mean((1 / (1 + np.exp(-z)) - y) ** 2)


@binary.mistake("base-two", "Your log has base 2. Keras, and this course, use the natural logarithm, np.log.")
def _(y, z):
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))) / np.log(2)


@binary.variant("the formula of the text")
def _(y, z):
    return np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))


@binary.variant("logaddexp")
def _(y, z):
    return np.logaddexp(0, z).mean() - (y * z).mean()


@binary.variant("one example at a time, by the sign of the logit")
def _(y, z):
    losses = []
    for label, score in zip(y.ravel(), z.ravel(), strict=True):
        if score > 0:
            losses.append(score * (1 - label) + np.log1p(np.exp(-score)))
        else:
            losses.append(-score * label + np.log1p(np.exp(score)))
    return sum(losses) / len(losses)


@binary.variant("the wrong side's logit")
def _(y, z):
    against = np.where(y == 1, -z, z)
    return np.mean(np.maximum(against, 0) + np.log1p(np.exp(-np.abs(against))))


@binary.variant("float32")
def _(y, z):
    z = z.astype(np.float32)
    return np.mean(np.maximum(z, 0) - z * y.astype(np.float32) + np.log1p(np.exp(-np.abs(z))))


# Sparse categorical cross-entropy from logits ---------------------------------------------------------


def sparse_from_logits(labels, z):
    """mean(log sum_j exp(z_j) - z_label), exact for logits of any size."""
    return nn.sparse_categorical_crossentropy(labels, z, from_logits=True)


sparse = lesson.function(
    "sparse-crossentropy", reference=sparse_from_logits, points=3, title="Sparse categorical cross-entropy from logits"
)


@sparse.cases
def _(rng):
    yield small(
        "chance 1/2 of label 2, chance 1/3 of label 0",
        np.array([2, 0]),
        np.array([[0.0, 0.0, np.log(2.0)], [0.0, 0.0, 0.0]]),
    )
    yield random("four examples, three classes", np.append(rng.integers(0, 3, size=3), 2), rng.normal(size=(4, 3)) * 2)
    yield random("three of everything", np.array([2, 0, 1]), rng.normal(size=(3, 3)) * 2)
    yield edge("a single example", np.array([1]), rng.normal(size=(1, 4)))
    yield edge("wrong by 9", np.array([2]), np.array([[9.0, 1.0, 0.0]]))
    yield edge("sure and wrong", np.array([1]), np.array([[40.0, 0.0, -3.0]]))
    yield edge("huge scores", np.array([2]), np.array([[1000.0, 0.0, 998.0]]))
    yield edge("a share too small for a float", np.array([1]), np.array([[0.0, -1000.0, -2000.0]]))


@sparse.mistake(
    "log-of-softmax",
    "With the shift the softmax is safe, but its smallest shares are rounded to 0, and the log of 0 is -inf. "
    "Take the log on paper first: what is left of log(e^a / s)?",
    when=lambda seen, labels, z: breaks(seen, z, 700) and z.max() < 700,
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


@sparse.mistake(
    "no-shift",
    "Right for small scores. np.exp(1000.0) is inf, and inf / inf is nan. "
    "What may you subtract from every score of a row without changing its softmax?",
    when=lambda seen, labels, z: breaks(seen, z, 700),
)
def _(labels, z):
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


@sparse.mistake(
    "clipped",
    "With p kept above 1e-7 nothing breaks, but no loss can exceed 16.1, however wrong the network is. "
    "Can you get at log p without computing p?",
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = np.clip(e / e.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


@sparse.mistake(
    "small-number-added",
    "A small number inside the log keeps it from breaking, and makes it wrong where it matters: "
    "a sure and wrong answer costs too little. Take the log on paper first, and there is nothing to repair.",
    when=lambda seen, labels, z: patched(seen, sparse_from_logits(labels, z), z),
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-7))


@sparse.mistake(
    "every-pair",
    "`[:, labels]` picks these columns from *every* row. You want one number from each row: "
    "row 0 with label 0, row 1 with label 1 … What belongs in the place of the `:`?",
)
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[:, labels])


@sparse.mistake(
    "all-classes",
    "You average over all the classes. Only the share of the *true* class counts: where do the labels come in?",
)
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p)


@sparse.mistake(
    "divided-by-classes",
    "Your number is too small, by the number of classes. The mean runs over the examples: one loss each.",
)
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(np.eye(z.shape[1])[labels] * log_p)


@sparse.mistake(
    "most-likely-class",
    "You take the share of the class that the *network* prefers. The loss asks about the class that is *true*.",
)
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p.max(axis=1))


@sparse.mistake(
    "label-off-by-one", "You look one place to the left of the label. Labels count from 0, and so does NumPy."
)
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(labels)), labels - 1])


@sparse.mistake("sign", "Your loss is negative. The log of a share is never above 0: which sign is missing?")
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.mean(log_p[np.arange(len(labels)), labels])


@sparse.mistake(
    "sum",
    "You add up the losses of all examples. With twice as many examples the loss would double. What do you return instead?",
)
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(log_p[np.arange(len(labels)), labels])


@sparse.mistake(
    "no-log",
    "You return how much is missing to a share of 1. The loss is the *surprise*: take minus the log of the share.",
)
def _(labels, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.mean(1 - p[np.arange(len(labels)), labels])


@sparse.mistake(
    "forgot-softmax", "You take the log of a score. Scores may be negative; what turns a row of scores into shares?"
)
def _(labels, z):
    return -np.mean(np.log(z[np.arange(len(labels)), labels]))


@sparse.mistake(
    "whole-batch",
    "All the shares of the *batch* together make 1. Each row is one example: sum along the last axis and keep the dimension.",
)
def _(labels, z):
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum())
    return -np.mean(log_p[np.arange(len(labels)), labels])


@sparse.variant("log-sum-exp")
def _(labels, z):
    m = z.max(axis=1)
    total = m + np.log(np.exp(z - m[:, None]).sum(axis=1))
    return (total - z[np.arange(len(z)), labels]).mean()


@sparse.variant("one-hot labels")
def _(labels, z):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(np.eye(z.shape[1])[labels] * log_p).sum(axis=1).mean()


@sparse.variant("loop over the examples")
def _(labels, z):
    total = 0.0
    for label, row in zip(labels, z, strict=True):
        total += np.log(np.sum(np.exp(row - row[label] - max(row - row[label])))) + max(row - row[label])
    return total / len(labels)


@sparse.variant("logaddexp")
def _(labels, z):
    return np.mean(np.logaddexp.reduce(z, axis=1) - np.take_along_axis(z, labels[:, None], axis=1)[:, 0])


@sparse.variant("float32")
def _(labels, z):
    z = z.astype(np.float32)
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(labels)), labels])


# The gradient of cross-entropy ------------------------------------------------------------------------


def prediction_minus_truth(y, z):
    """(p - y) / N, with p = sigmoid(z) for a single column of logits and p = softmax(z) for several."""
    return ((nn.sigmoid(z) if z.shape[1] == 1 else nn.softmax(z)) - y) / len(z)


gradient = lesson.function(
    "crossentropy-gradient", reference=prediction_minus_truth, points=3, title="The gradient of cross-entropy"
)


def _one_hot(rng, rows, classes):
    return np.eye(classes)[rng.integers(0, classes, size=rows)]


@gradient.cases
def _(rng):
    yield small("yes or no: p = 1/2 and p = 3/4", np.array([[1.0], [0.0]]), np.array([[0.0], [np.log(3.0)]]))
    yield small("three classes: shares 1/4, 1/4, 1/2", np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 0.0, np.log(2.0)]]))
    yield random("yes or no, five examples", rng.integers(0, 2, size=(5, 1)).astype(float), rng.normal(size=(5, 1)) * 2)
    yield random("four classes, three examples", _one_hot(rng, 3, 4), rng.normal(size=(3, 4)) * 2)
    yield edge("two columns are two classes", _one_hot(rng, 2, 2), rng.normal(size=(2, 2)))
    yield edge("huge scores", np.array([[1.0, 0.0, 0.0]]), np.array([[1000.0, 1001.0, 999.0]]))
    yield edge("a huge logit", np.array([[0.0], [1.0]]), np.array([[1000.0], [-1000.0]]))


@gradient.mistake(
    "softmax-for-one-column",
    "With a single column your p is 1 for every example: softmax shares one whole among one class. "
    "Which activation does a yes-or-no output have?",
)
def _(y, z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - y) / len(z)


@gradient.mistake(
    "sigmoid-for-all",
    "The classes are treated as separate yes-or-no questions. With several columns the example belongs to exactly one class: "
    "which activation makes each row sum to 1?",
)
def _(y, z):
    return (1 / (1 + np.exp(-z)) - y) / len(z)


@gradient.mistake(
    "forgot-mean",
    "Each number is too large, by the number of examples. The loss is a mean over N examples: what does that do to each row?",
)
def _(y, z):
    if z.shape[1] == 1:
        return 1 / (1 + np.exp(-z)) - y
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) - y


@gradient.mistake(
    "divided-by-classes",
    "You divide by the number of *entries*. Cross-entropy gives one loss for each example: how many are averaged?",
)
def _(y, z):
    if z.shape[1] == 1:
        return (1 / (1 + np.exp(-z)) - y) / z.size
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - y) / z.size


@gradient.mistake(
    "sign",
    "All signs are turned round. When p is too high, a higher logit makes the loss worse. Is that slope positive or negative?",
)
def _(y, z):
    if z.shape[1] == 1:
        return (y - 1 / (1 + np.exp(-z))) / len(z)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (y - e / e.sum(axis=1, keepdims=True)) / len(z)


@gradient.mistake(
    "no-activation",
    "You subtract the label from a *score*. The formula says prediction minus truth: what turns z into p?",
)
def _(y, z):
    return (z - y) / len(z)


@gradient.mistake(
    "extra-slope",
    "You multiplied by p (1 - p), the slope of the sigmoid. It is already in there: together with the log it cancels. "
    "That is why this gradient does not vanish.",
)
def _(y, z):
    if z.shape[1] == 1:
        p = 1 / (1 + np.exp(-z))
    else:
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
    return (p - y) * p * (1 - p) / len(z)


@gradient.mistake(
    "with-respect-to-p",
    "This is the slope with respect to the probability, -y / p. The question is about the *logit* z: "
    "one more step of the chain is needed, and much cancels.",
)
def _(y, z):
    if z.shape[1] == 1:
        p = 1 / (1 + np.exp(-z))
        return (p - y) / (p * (1 - p)) / len(z)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -y / p / len(z)


@gradient.mistake(
    "no-shift",
    "Right for small scores. np.exp(1001.0) is inf. Which number do you subtract from each row first, as in lesson 02?",
)
def _(y, z):
    p = 1 / (1 + np.exp(-z)) if z.shape[1] == 1 else np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return (p - y) / len(z)


@gradient.mistake(
    "changes-input",
    "The numbers are right, but `z -= …` writes into the caller's array. Make a new one: `z - z.max(axis=1, keepdims=True)`.",
)
def _(y, z):
    if z.shape[1] == 1:
        return (1 / (1 + np.exp(-z)) - y) / len(z)
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return (e / e.sum(axis=1, keepdims=True) - y) / len(z)


@gradient.variant("half a tanh for the sigmoid")
def _(y, z):
    if z.shape[1] == 1:
        p = 0.5 + 0.5 * np.tanh(z / 2)
    else:
        shifted = z - z.max(axis=1, keepdims=True)
        p = np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
    return (p - y) / y.shape[0]


@gradient.variant("one column as two classes")
def _(y, z):
    one = z.shape[1] == 1
    scores = np.hstack([z, np.zeros_like(z)]) if one else z
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return ((p[:, :1] if one else p) - y) / len(z)


@gradient.variant("row by row")
def _(y, z):
    rows = []
    for truth, scores in zip(y, z, strict=True):
        if len(scores) == 1:
            p = 1 / (1 + np.exp(-scores))
        else:
            p = np.exp(scores - max(scores)) / sum(np.exp(scores - max(scores)))
        rows.append((p - truth) / len(z))
    return np.array(rows)


# Which loss where -------------------------------------------------------------------------------------

choose = lesson.values(
    "choose-loss",
    points=2,
    title="Which loss where?",
    reference=lambda: {
        "flat_rent": "mse",
        "spam_or_not": "binary_crossentropy",
        "digit_as_number": "sparse_categorical_crossentropy",
        "flower_as_one_hot": "categorical_crossentropy",
        "tags_of_a_photo": "binary_crossentropy",
    },
)


@choose.mistake(
    "squared-for-spam",
    "Squared error hardly pushes a sigmoid that is sure and wrong: see the picture of section 3. Which loss does?",
)
def _():
    return {"spam_or_not": "mse"}


@choose.mistake(
    "digits-as-amounts",
    "With squared error, a 7 read as a 9 would be *a little* wrong and a 7 read as a 1 *very* wrong. "
    "Are digits amounts here, or names of classes?",
)
def _():
    return {"digit_as_number": "mse"}


@choose.mistake(
    "one-hot-mixed-up",
    "You have the two forms the wrong way round. *Sparse* means that the label is a single class number, "
    "not a row of zeros with a one.",
)
def _():
    return {"digit_as_number": "categorical_crossentropy", "flower_as_one_hot": "sparse_categorical_crossentropy"}


@choose.mistake(
    "one-hot-for-numbers",
    "The labels here are plain class numbers, such as 7. Which form of the loss takes them as they are?",
)
def _():
    return {"digit_as_number": "categorical_crossentropy"}


@choose.mistake(
    "tags-exclude-each-other",
    "A photo can be *beach* and *night* at once, but the shares of a softmax must sum to 1, so one tag would push out the others. "
    "How many yes-or-no questions are there?",
)
def _():
    return {"tags_of_a_photo": "categorical_crossentropy"}


@choose.mistake(
    "long-name",
    "The right loss, under its long name. Write it as in the last column of the table, so that it can be compared.",
)
def _():
    return {"flat_rent": "mean_squared_error"}


@choose.mistake(
    "rent-as-classes",
    "A rent is an amount: 701 euros is nearly right when 700 is true. Which loss measures how *far* off a number is?",
)
def _():
    return {"flat_rent": "sparse_categorical_crossentropy"}


@choose.mistake("spam-as-many", "Spam or not is one output with one probability. Which loss is made for two classes?")
def _():
    return {"spam_or_not": "categorical_crossentropy"}


@choose.variant("capital letters")
def _():
    return {"flat_rent": "MSE", "spam_or_not": "Binary_Crossentropy"}


@choose.variant("with a stray space")
def _():
    return {"tags_of_a_photo": " binary_crossentropy", "digit_as_number": "sparse_categorical_crossentropy "}
