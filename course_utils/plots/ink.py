"""Ink on paper: digits drawn by hand, the message of the canvas, and the form that MNIST gives to a digit."""

from __future__ import annotations

import numpy as np

INK = 56  # the canvas sends INK x INK pixels
BOX, SIDE = 20, 28  # MNIST: the digit fits into a box of 20 x 20, in an image of 28 x 28
PEN = 0.055  # half the width of the pen, when the canvas is 1 wide
HEX = "0123456789abcdef"

# Digits by hand, as lines from point to point; x runs to the right, y down, both from 0 to 1.
STROKES: dict[int, list[list[tuple[float, float]]]] = {
    2: [
        [
            (0.3, 0.32),
            (0.36, 0.2),
            (0.5, 0.14),
            (0.66, 0.2),
            (0.7, 0.34),
            (0.6, 0.52),
            (0.42, 0.7),
            (0.28, 0.84),
            (0.5, 0.82),
            (0.74, 0.84),
        ]
    ],
    3: [
        [
            (0.3, 0.22),
            (0.46, 0.14),
            (0.64, 0.2),
            (0.66, 0.34),
            (0.54, 0.46),
            (0.42, 0.48),
            (0.58, 0.5),
            (0.7, 0.62),
            (0.66, 0.78),
            (0.5, 0.86),
            (0.3, 0.8),
        ]
    ],
    5: [[(0.7, 0.15), (0.38, 0.16), (0.36, 0.44), (0.54, 0.42), (0.68, 0.54), (0.66, 0.74), (0.5, 0.85), (0.3, 0.8)]],
    7: [[(0.26, 0.2), (0.48, 0.19), (0.72, 0.18), (0.62, 0.42), (0.5, 0.66), (0.44, 0.86)]],
}


def drawn(strokes: list[list[tuple[float, float]]]) -> np.ndarray:
    """The ink of a pen that follows the strokes. Shapes: (INK, INK), 0 paper to 1 ink."""
    y, x = (np.mgrid[:INK, :INK] + 0.5) / INK
    place = np.stack([x, y], axis=-1)
    distance = np.full((INK, INK), np.inf)
    for stroke in strokes:
        for a, b in zip(np.array(stroke), np.array(stroke[1:]), strict=False):
            along = np.clip((place - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
            distance = np.minimum(distance, np.linalg.norm(place - a - along[..., None] * (b - a), axis=-1))
    return np.clip((PEN - distance) * INK + 0.5, 0, 1)


def as_mnist(ink: np.ndarray) -> np.ndarray:
    """The ink as one of MNIST's digits: cut out, fitted into 20 x 20, its centre of mass in the middle of 28 x 28.

    Shapes: (H, W) to (28, 28), float32 from 0 to 1; an empty paper stays empty.
    Source: LeCun, Cortes & Burges, The MNIST database, on how the digits were prepared.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    if not len(rows):
        return image
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = (max(1, round(BOX * n / max(ink.shape))) for n in ink.shape)
    small = _shares(height, ink.shape[0]) @ ink @ _shares(width, ink.shape[1]).T
    y, x = (round(SIDE / 2 - 0.5 - _middle(small.sum(axis=axis))) for axis in (1, 0))
    y, x = min(max(y, 0), SIDE - height), min(max(x, 0), SIDE - width)
    image[y : y + height, x : x + width] = small
    return image


def _shares(new: int, old: int) -> np.ndarray:
    """Row i: the share of each old pixel in the new pixel i, when `old` pixels in a line become `new`."""
    edges = np.linspace(0, old, new + 1)
    pixel = np.arange(old)
    overlap = np.minimum(edges[1:, None], pixel + 1) - np.maximum(edges[:-1, None], pixel)
    return np.maximum(overlap, 0) * new / old


def _middle(mass: np.ndarray) -> float:
    return float(mass @ np.arange(len(mass)) / mass.sum())


def decoded(text: str) -> np.ndarray | None:
    """The ink behind the canvas's message, one hexadecimal figure a pixel; None for a foreign text.

    >>> decoded("f0" * (INK * INK // 2))[0, :3]
    array([1., 0., 1.])
    >>> decoded("something else")
    """
    if len(text) != INK * INK or set(text) - set(HEX):
        return None
    return np.array([HEX.index(figure) for figure in text]).reshape(INK, INK) / 15
