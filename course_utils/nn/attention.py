"""Attention: each position asks a question (query) and mixes the answers (values) whose keys fit it.

Masks: True where looking is allowed, False where it is not.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from .activations import softmax_backward

Arrays3 = tuple[np.ndarray, np.ndarray, np.ndarray]


def causal_mask(t: int, s: int | None = None) -> np.ndarray:
    """mask[i, j] = True where j <= i: position i may look at itself and at the past.

    Shapes: (T, S), square unless s is given.

    >>> causal_mask(3).astype(int)
    array([[1, 0, 0],
           [1, 1, 0],
           [1, 1, 1]])
    """
    return np.tri(t, t if s is None else s, dtype=bool)


def attention(
    query: np.ndarray, key: np.ndarray, value: np.ndarray, mask: ArrayLike | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """y = weights @ value with weights = softmax(query @ key^T / sqrt(D)); returns y and weights.

    Where the mask is False the weight is 0; a query that may look at nothing answers with zeros.

    Shapes: query (..., T, D), key (..., S, D), value (..., S, V), mask broadcasts to (..., T, S); weights
    (..., T, S), y (..., T, V).
    Why: query and key with independent elements of variance 1 have a dot product of variance D; divided by
    sqrt(D) it stays where softmax still has a gradient.
    Source: Vaswani et al. 2017, Attention Is All You Need.

    >>> query, key, value = np.zeros((1, 4)), np.ones((2, 4)), np.array([[10.0], [20.0]])
    >>> y, weights = attention(query, key, value)
    >>> y, weights
    (array([[15.]]), array([[0.5, 0.5]]))
    """
    scores = query @ np.swapaxes(key, -1, -2) * query.dtype.type(1 / math.sqrt(query.shape[-1]))
    if mask is None:
        return (weights := _softmax(scores)) @ value, weights
    mask = np.asarray(mask, bool)
    weights = _softmax(np.where(mask, scores, np.finfo(scores.dtype).min / 2)) * mask
    return weights @ value, weights


def attention_backward(
    dy: np.ndarray, query: np.ndarray, key: np.ndarray, value: np.ndarray, weights: np.ndarray
) -> Arrays3:
    """dquery, dkey and dvalue.

    dvalue = weights^T @ dy and dweights = dy @ value^T, as for any matrix product; then back through softmax
    to dscores, and dquery = dscores @ key / sqrt(D), dkey = dscores^T @ query / sqrt(D). Where the mask is
    False the weight is 0, and with it dscores, so the mask is not needed here.

    Shapes: dy (..., T, V), weights (..., T, S) as `attention` returned them; the results as their variables.
    """
    dvalue = np.swapaxes(weights, -1, -2) @ dy
    dscores = softmax_backward(dy @ np.swapaxes(value, -1, -2), weights)
    dscores *= dscores.dtype.type(1 / math.sqrt(query.shape[-1]))
    return dscores @ key, np.swapaxes(dscores, -1, -2) @ query, dvalue


def _softmax(scores: np.ndarray) -> np.ndarray:
    e = scores - scores.max(axis=-1, keepdims=True)
    np.exp(e, out=e)
    e /= e.sum(axis=-1, keepdims=True)
    return e
