"""Losses: how wrong is a prediction? One number, averaged over the batch, and its gradient below it.

`y_true` comes first, as in Keras. The cross-entropies take probabilities, or with `from_logits=True` the
scores ("logits") before sigmoid or softmax: that form is exact for scores of any size, so prefer it.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .activations import as_float, sigmoid, softmax

EPSILON = 1e-7  # Keras keeps probabilities inside [EPSILON, 1 - EPSILON], and so do we


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """L = mean((y_pred - y_true)^2).

    Shapes: y_true and y_pred alike.
    Errors: ValueError when the shapes differ.

    >>> mean_squared_error([1.0, 2.0], [1.0, 4.0])
    2.0
    """
    y_true, y_pred = _same_shape(y_true, y_pred)
    return float(np.mean((y_pred - y_true) ** 2))


def mean_squared_error_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> np.ndarray:
    """dL/dy_pred = 2 (y_pred - y_true) / (number of elements).

    >>> mean_squared_error_gradient([1.0, 2.0], [1.0, 4.0])
    array([0., 2.])
    """
    y_true, y_pred = _same_shape(y_true, y_pred)
    return 2 * (y_pred - y_true) / y_pred.size


def binary_crossentropy(y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False) -> float:
    """L = mean(-(y log p + (1 - y) log(1 - p))), for labels y in [0, 1].

    From a logit z, with p = sigmoid(z), the same is max(z, 0) - z y + log(1 + exp(-|z|)).

    Shapes: y_true and y_pred alike.
    Errors: ValueError when the shapes differ; (N,) against (N, 1) would silently compare all with all.

    >>> round(binary_crossentropy([1.0], [0.5]), 4)
    0.6931
    >>> binary_crossentropy([0.0], [1000.0], from_logits=True)
    1000.0
    """
    y, p = _same_shape(y_true, y_pred)
    if from_logits:
        return float(np.mean(np.maximum(p, 0) - p * y + np.log1p(np.exp(-np.abs(p)))))
    p = np.clip(p, EPSILON, 1 - EPSILON)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def binary_crossentropy_gradient(y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False) -> np.ndarray:
    """dL/dz = (sigmoid(z) - y) / size for logits; dL/dp = (p - y) / (p (1 - p)) / size for probabilities.

    >>> binary_crossentropy_gradient([1.0], [0.0], from_logits=True)
    array([-0.5])
    >>> binary_crossentropy_gradient([1.0], [0.5])
    array([-2.])
    """
    y, p = _same_shape(y_true, y_pred)
    if from_logits:
        return (sigmoid(p) - y) / p.size
    inside = _inside_clip(p)
    p = np.clip(p, EPSILON, 1 - EPSILON)
    return inside * (p - y) / (p * (1 - p)) / p.size


def categorical_crossentropy(y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False) -> float:
    """L = mean over the batch of -sum_k y_k log p_k, for one-hot labels or a distribution over the classes.

    From logits z, log p_k = z_k - log sum_j exp(z_j) is computed without p ("log-sum-exp").

    Shapes: y_true and y_pred (..., K).
    Errors: ValueError when the shapes differ.

    >>> round(categorical_crossentropy([[0.0, 1.0]], [[0.5, 0.5]]), 4)
    0.6931
    """
    y, p = _same_shape(y_true, y_pred)
    log_p = log_softmax(p) if from_logits else np.log(np.clip(p, EPSILON, 1 - EPSILON))
    return float(-np.mean((y * log_p).sum(axis=-1)))


def categorical_crossentropy_gradient(y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False) -> np.ndarray:
    """dL/dz = (softmax(z) sum_k y_k - y) / rows for logits; dL/dp = -y / p / rows for probabilities.

    >>> categorical_crossentropy_gradient([[0.0, 1.0]], [[0.0, 0.0]], from_logits=True)
    array([[ 0.5, -0.5]])
    """
    y, p = _same_shape(y_true, y_pred)
    rows = p.size // p.shape[-1]
    if from_logits:
        return (softmax(p) * y.sum(axis=-1, keepdims=True) - y) / rows
    return _inside_clip(p) * -y / np.clip(p, EPSILON, 1 - EPSILON) / rows


def sparse_categorical_crossentropy(y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False) -> float:
    """L = mean over the batch of -log p_y, for labels that are class numbers 0 .. K-1.

    Shapes: y_true (...) whole numbers; y_pred (..., K).
    Errors: ValueError when the shapes do not fit or a label is not one of 0 .. K-1.

    >>> round(sparse_categorical_crossentropy([1], [[0.5, 0.5]]), 4)
    0.6931
    """
    if from_logits:
        return softmax_crossentropy(y_true, y_pred)[0]
    y, p = _labels(y_true, y_pred)
    p_of_label = np.take_along_axis(p, y[..., None], axis=-1)
    return float(-np.mean(np.log(np.clip(p_of_label, EPSILON, 1 - EPSILON))))


def sparse_categorical_crossentropy_gradient(
    y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False
) -> np.ndarray:
    """dL/dz = (softmax(z) - one_hot(y)) / rows for logits; dL/dp = -one_hot(y) / p / rows.

    >>> sparse_categorical_crossentropy_gradient([1], [[0.0, 0.0]], from_logits=True)
    array([[ 0.5, -0.5]])
    """
    if from_logits:
        return softmax_crossentropy(y_true, y_pred)[1]
    y, p = _labels(y_true, y_pred)
    rows = np.ogrid[tuple(slice(n) for n in y.shape)]
    p_of_label = p[(*rows, y)]
    dp = np.zeros_like(p)
    dp[(*rows, y)] = _inside_clip(p_of_label) / np.clip(p_of_label, EPSILON, 1 - EPSILON) / -y.size
    return dp


def softmax_crossentropy(y_true: ArrayLike, logits: ArrayLike) -> tuple[float, np.ndarray]:
    """Loss and gradient of sparse cross-entropy on logits together, since both need exp(z - max(z)).

    L = mean(log sum_j exp(z_j) - z_y) and dL/dz = (softmax(z) - one_hot(y)) / rows.

    Shapes: y_true (...) whole numbers; logits (..., K); the gradient is (..., K).
    Errors: as in `sparse_categorical_crossentropy`.

    >>> loss, dz = softmax_crossentropy([0], [[1000.0, 0.0]])
    >>> loss
    0.0
    """
    y, z = _labels(y_true, logits)
    y, rows = y.ravel(), z.reshape(-1, z.shape[-1])
    dz = np.empty_like(rows)
    loss = 0.0
    step = max(1, 65_536 // z.shape[-1])  # so many rows at a time stay in the processor's cache
    for start in range(0, len(rows), step):
        block = slice(start, start + step)
        e = dz[block]
        np.subtract(rows[block], rows[block].max(axis=-1, keepdims=True), out=e)
        pick = np.arange(len(e)), y[block]
        score_of_label = e[pick]
        np.exp(e, out=e)
        total = e.sum(axis=-1, keepdims=True)
        loss += float((np.log(total[:, 0]) - score_of_label).sum(dtype=np.float64))
        e /= total * len(rows)
        e[pick] -= 1 / len(rows)
    return loss / len(rows), dz.reshape(z.shape)


def log_softmax(x: ArrayLike) -> np.ndarray:
    """log softmax(x)_k = x_k - log sum_j exp(x_j), along the last axis.

    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    x = as_float(x)
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))


def one_hot(labels: ArrayLike, classes: int, dtype: type = np.float32) -> np.ndarray:
    """A row of zeros with a 1 at the label's place, for each label.

    Errors: ValueError when a label is not one of 0 .. classes - 1.

    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    return np.eye(classes, dtype=dtype)[_class_numbers(labels, classes)]


class Loss(NamedTuple):
    """A loss and its gradient, both called as f(y_true, y_pred), or f(y_true, y_pred, from_logits).

    `right` says of each row whether it counts for the accuracy. `replaces` is the activation at a network's end that
    the loss can do without; `both` gives value and gradient at once, from logits. `class_numbers`: a label is one.
    """

    value: Callable[..., float]
    gradient: Callable[..., np.ndarray]
    right: Callable[[np.ndarray, np.ndarray, bool], np.ndarray] | None = None
    replaces: str | None = None
    both: Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]] | None = None
    class_numbers: bool = False

    def of_logits(self, y_true: np.ndarray, z: np.ndarray) -> tuple[float, np.ndarray]:
        """Value and gradient of the loss of scores."""
        if self.both:
            return self.both(y_true, z)
        return self.value(y_true, z, from_logits=True), self.gradient(y_true, z, from_logits=True)

    def fit_labels(self, y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
        """Labels of shape (N,) for outputs (N, 1), and labels (N, 1) for class scores (N, K), as Keras allows."""
        if self.class_numbers:
            return y_true[..., 0] if y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1 else y_true
        return y_true[..., None] if y_true.ndim == y_pred.ndim - 1 and y_pred.shape[-1] == 1 else y_true


def _same_side(y_true: np.ndarray, y_pred: np.ndarray, from_logits: bool) -> np.ndarray:
    return (y_pred > (0 if from_logits else 0.5)) == (y_true > 0.5)


def _same_column(y_true: np.ndarray, y_pred: np.ndarray, from_logits: bool) -> np.ndarray:
    return y_pred.argmax(axis=-1) == y_true.argmax(axis=-1)


def _that_column(y_true: np.ndarray, y_pred: np.ndarray, from_logits: bool) -> np.ndarray:
    return y_pred.argmax(axis=-1) == y_true


LOSSES: dict[str, Loss] = {
    "mean_squared_error": Loss(mean_squared_error, mean_squared_error_gradient),
    "binary_crossentropy": Loss(binary_crossentropy, binary_crossentropy_gradient, _same_side, "sigmoid"),
    "categorical_crossentropy": Loss(
        categorical_crossentropy, categorical_crossentropy_gradient, _same_column, "softmax"
    ),
    "sparse_categorical_crossentropy": Loss(
        sparse_categorical_crossentropy,
        sparse_categorical_crossentropy_gradient,
        _that_column,
        "softmax",
        both=softmax_crossentropy,
        class_numbers=True,
    ),
}
LOSSES["mse"] = LOSSES["mean_squared_error"]


def get_loss(name: str) -> Loss:
    """The loss of that name.

    Errors: ValueError that lists the names there are.
    """
    if name not in LOSSES:
        raise ValueError(f"There is no loss {name!r}. Choose one of: {', '.join(LOSSES)}.")
    return LOSSES[name]


def _same_shape(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    y_pred = as_float(y_pred)
    y_true = np.asarray(y_true, dtype=y_pred.dtype)
    if y_true.shape != y_pred.shape:
        raise ValueError(
            f"y_true has shape {y_true.shape} and y_pred {y_pred.shape}: they must be alike. "
            "Reshape one of them, for example y_true.reshape(y_pred.shape)."
        )
    return y_true, y_pred


def _labels(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    y_pred = as_float(y_pred)
    if y_pred.ndim == 0 or np.shape(y_true) != y_pred.shape[:-1]:
        raise ValueError(
            f"y_true has shape {np.shape(y_true)} and y_pred {y_pred.shape}: y_true must hold one class "
            "number for each row of y_pred. (For one-hot labels use categorical_crossentropy.)"
        )
    return _class_numbers(y_true, y_pred.shape[-1]), y_pred


def _class_numbers(labels: ArrayLike, classes: int) -> np.ndarray:
    labels = np.asarray(labels)
    whole = labels.astype(np.intp)
    if not np.array_equal(whole, labels) or (labels.size and not 0 <= whole.min() <= whole.max() < classes):
        raise ValueError(f"Labels must be whole numbers from 0 to {classes - 1}, one for each of {classes} classes.")
    return whole


def _inside_clip(p: np.ndarray) -> np.ndarray:
    return (p >= EPSILON) & (p <= 1 - EPSILON)
