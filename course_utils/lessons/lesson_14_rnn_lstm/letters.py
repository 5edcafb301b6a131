"""Rows of letters of which the last capital is to be remembered, and how far back a layer's slope reaches in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_utils import nn

LETTERS = "abcd"


def letter_rows(rng: np.random.Generator, n: int, small: int) -> tuple[np.ndarray, np.ndarray]:
    """n rows with two capitals, of different letters, and `small` small letters after the second one.

    One to six letters stand before the second capital; the first capital is one of them.
    Shapes: letters (n, T), whole numbers 0 to 3; capitals (n, T), 1 or 0.
    """
    rows, second = np.arange(n), int(rng.integers(1, 7))
    letters = rng.integers(0, 4, (n, second + 1 + small))
    capitals = np.zeros(letters.shape, dtype=int)
    first = rng.integers(0, second, n)
    letters[:, second] = (letters[rows, first] + rng.integers(1, 4, n)) % 4
    capitals[rows, first] = capitals[:, second] = 1
    return letters, capitals


def spelled(letters: np.ndarray, capitals: np.ndarray) -> str:
    """A row as it is written.

    >>> spelled(np.array([1, 0, 3]), np.array([0, 1, 0]))
    'b A d'
    """
    return " ".join(LETTERS[k].upper() if capital else LETTERS[k] for k, capital in zip(letters, capitals, strict=True))


def as_numbers(letters: np.ndarray, capitals: np.ndarray) -> np.ndarray:
    """Five numbers a letter: a 1 in the place of a, b, c or d, and a 1 in the last place for a capital.

    Shapes: letters and capitals (..., T) to (..., T, 5).

    >>> as_numbers(np.array([2]), np.array([1])).tolist()
    [[0.0, 0.0, 1.0, 0.0, 1.0]]
    """
    return np.concatenate([np.eye(4)[letters], np.asarray(capitals)[..., None]], axis=-1, dtype=np.float32)


def reach(layer: nn.Layer, small: int, rng: np.random.Generator) -> float:
    """The slope of the last memory at the second capital, in shares of its slope at the last letter.

    Mean lengths over 50 rows, each asked in a random direction of the memory.
    """
    memory = layer(as_numbers(*letter_rows(rng, 50, small)))
    slopes = np.linalg.norm(layer.backward(rng.normal(size=memory.shape).astype(memory.dtype)), axis=-1)
    return float(slopes[:, -1 - small].mean() / slopes[:, -1].mean())


def gates(weights: Sequence[np.ndarray], x: np.ndarray) -> dict[str, np.ndarray]:
    """The gates i, f, o and both memories c, h of an LSTM after every word of one row.

    Shapes: weights kernel (D, 4F), recurrent kernel (F, 4F), bias (4F,); x (T, D); each result (T, F).
    """
    kernel, recurrent_kernel, bias = weights
    h = c = np.zeros((1, recurrent_kernel.shape[0]))
    seen: dict[str, list[np.ndarray]] = {name: [] for name in "ifoch"}
    for word in np.asarray(x)[:, None]:
        i, f, _, o = np.split(nn.sigmoid(word @ kernel + h @ recurrent_kernel + bias), 4, axis=-1)
        h, c = nn.lstm_step(word, h, c, kernel, recurrent_kernel, bias)
        for name, values in zip("ifoch", (i, f, o, c, h), strict=True):
            seen[name].append(values[0])
    return {name: np.array(values) for name, values in seen.items()}
