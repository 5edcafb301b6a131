"""Drops of pond water under a microscope, drawn by a rule with chance in it: no two drops are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = ("ring", "rod", "cross", "hook")
SIDE = 20  # pixels
YOURS, TRIAL, EXAM = 2000, 1000, 1000  # drops
_DOWN, _RIGHT = np.mgrid[:SIDE, :SIDE].astype(float)


@dataclass(frozen=True)
class Drops:
    """Pictures of shape (N, 20, 20), whole numbers from 0 (dark) to 255, and which of the four `KINDS` each shows."""

    pictures: np.ndarray
    kinds: np.ndarray


def draw(count: int, rng: np.random.Generator) -> Drops:
    """So many new drops."""
    kinds = rng.integers(0, len(KINDS), count)
    return Drops(np.array([_picture(kind, rng) for kind in kinds]), kinds)


def load(seed: int = 13) -> tuple[Drops, Drops]:
    """The drops to learn from, and others to try a program on."""
    rng = np.random.default_rng(seed)
    return draw(YOURS, rng), draw(TRIAL, rng)


def accuracy(said: np.ndarray, kinds: np.ndarray) -> float:
    """The share of the drops that are named rightly.

    >>> accuracy(np.array([0, 1, 2, 3]), np.array([0, 1, 2, 0]))
    0.75
    """
    return float(np.mean(said == kinds))


def _picture(kind: int, rng: np.random.Generator) -> np.ndarray:
    """A small being at any place, in any direction, among specks of dust, and the grain of the camera over all."""
    light = _being(kind, rng) * rng.uniform(0.5, 1)
    for _ in range(rng.integers(0, 5)):
        speck = 1.3 - _distance_from(rng.uniform(0, SIDE, 2))
        light = np.maximum(light, rng.uniform(0.3, 0.9) * np.clip(speck, 0, 1))
    light += rng.normal(0, 0.1, light.shape) + rng.uniform(0, 0.2)
    return np.clip(200 * light, 0, 255).astype(np.uint8)


def _being(kind: int, rng: np.random.Generator) -> np.ndarray:
    size = rng.uniform(2.6, 4.4)
    middle = rng.uniform(size + 1, SIDE - 2 - size, 2)
    angle = rng.uniform(0, np.pi)
    along, across = _direction(angle), _direction(angle + np.pi / 2)
    match KINDS[kind]:
        case "ring":
            distance = np.abs(_distance_from(middle) - size)
        case "rod":
            distance = _distance_from_line(middle - 1.2 * size * along, middle + 1.2 * size * along)
        case "cross":
            bars = [_distance_from_line(middle - size * way, middle + size * way) for way in (along, across)]
            distance = np.minimum(*bars)
        case _:
            other = _direction(angle + rng.uniform(1.0, 1.6))
            bend = middle - size * (along + other) / 3
            distance = np.minimum(*(_distance_from_line(bend, bend + 1.5 * size * way) for way in (along, other)))
    return np.clip(rng.uniform(1.2, 1.6) - distance, 0, 1)


def _direction(angle: float) -> np.ndarray:
    return np.array([np.cos(angle), np.sin(angle)])


def _distance_from(point: np.ndarray) -> np.ndarray:
    """How far each pixel lies from a point."""
    return np.hypot(_RIGHT - point[0], _DOWN - point[1])


def _distance_from_line(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How far each pixel lies from the line between two points."""
    way = end - start
    share = ((_RIGHT - start[0]) * way[0] + (_DOWN - start[1]) * way[1]) / (way @ way)
    nearest = np.clip(share, 0, 1)
    return np.hypot(_RIGHT - start[0] - nearest * way[0], _DOWN - start[1] - nearest * way[1])
