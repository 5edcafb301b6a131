"""Embedding: a table with one learned row of numbers for each word."""

import numpy as np
from numpy.typing import ArrayLike

from .layer import Layer


def embedding_backward(dy: np.ndarray, words: np.ndarray, vocabulary: int) -> np.ndarray:
    """dembeddings[v] = the sum of dy over all places where word v stands.

    Shapes: dy (..., D), words (...), dembeddings (vocabulary, D).

    >>> embedding_backward(np.array([[1.0], [10.0], [5.0]]), np.array([2, 2, 0]), 4).ravel()
    array([ 5.,  0., 11.,  0.])
    """
    words, rows = words.ravel(), dy.reshape(-1, dy.shape[-1])
    dembeddings = np.zeros((vocabulary, rows.shape[-1]), dy.dtype)
    if len(words):
        order = np.argsort(words, kind="stable")  # equal words side by side, so that one run is one sum
        found, starts = np.unique(words[order], return_index=True)
        dembeddings[found] = np.add.reduceat(rows[order], starts, axis=0)
    return dembeddings


class Embedding(Layer):
    """y = embeddings[x]: word number x becomes row x of the table.

    Shapes: x (N, ...) whole numbers from 0 to input_dim - 1; y (N, ..., D) with D = output_dim.
    Errors: ValueError for a word number outside the table.
    Why: it is a dense layer on one-hot words, without the multiplications by 0. Words have no gradient, so
    backward returns None.

    >>> layer = Embedding(10, 4)
    >>> layer([[1, 2, 3]]).shape
    (1, 3, 4)
    """

    def __init__(
        self,
        input_dim: int,
        output_dim: int,
        embeddings_initializer: str = "random_uniform",
        seed: int | None = None,
    ):
        super().__init__(seed)
        if input_dim < 1 or output_dim < 1:
            raise ValueError(f"Embedding needs positive sizes, but they are {input_dim} and {output_dim}.")
        self.input_dim, self.output_dim = input_dim, output_dim
        self.embeddings_initializer = embeddings_initializer

    def _as_input(self, x: ArrayLike) -> np.ndarray:
        words = np.asarray(x)
        whole = words.astype(np.intp)
        if not np.array_equal(whole, words) or (whole.size and not 0 <= whole.min() <= whole.max() < self.input_dim):
            raise ValueError(f"{self!r} takes whole numbers from 0 to {self.input_dim - 1}.")
        return whole

    def compute_output_shape(self, input_shape):
        if len(input_shape) < 1:
            raise ValueError(f"{self!r} takes a batch of words, x of shape (N, ...), not a single number.")
        return (*input_shape, self.output_dim)

    def _build(self, input_shape, dtype):
        self._add("embeddings", (self.input_dim, self.output_dim), self.embeddings_initializer, dtype)

    def _forward(self, x, training):
        self.words = x
        return self.params["embeddings"][x]

    def _backward(self, dy):
        self.grads["embeddings"] = embedding_backward(dy, self.words, self.input_dim)

    def __repr__(self):
        return f"Embedding({self.input_dim}, {self.output_dim})"
