"""How an optimizer is used, and the start and gradients that it is used on."""

import numpy as np


def use(answer, settings, w, gradients):
    """The weights after each step of a new optimizer: `answer(**settings)`, then `step(w, gradient)` for each gradient."""
    optimizer = answer(**settings)
    places = []
    for gradient in gradients:
        w = optimizer.step(w, gradient)
        if w is None:
            return None
        places.append(np.array(w))
    return places


def _steps(rng, *shape, steps=20):
    """Start and gradients, neither of them near 0."""
    size = rng.uniform(0.5, 2, size=(steps, *shape))
    return rng.normal(size=shape), list(size * rng.choice([-1.0, 1.0], size=(steps, *shape), p=[0.3, 0.7]))


def moves(w, places):
    """How far each step went, with the place that it began at."""
    way = np.array([w, *places], dtype=float)
    return way[:-1], np.diff(way, axis=0)


def shrinks(reference):
    """Recognises an answer that makes the reference's moves, and w smaller (or larger) by the same part in each step besides."""

    def test(seen, settings, w, gradients):
        here, mine = moves(w, seen)
        extra = mine - moves(w, use(reference, settings, w, gradients))[1]
        part = np.sum(extra * here) / np.sum(here * here)
        return 1e-6 < abs(part) < 0.5 and np.allclose(extra, part * here, rtol=1e-4, atol=1e-9)

    return test


def rounds(reference):
    """Recognises an answer that makes the reference's moves, and rounds the place that it comes to."""

    def test(seen, settings, w, gradients):
        places = next((k for k in range(5) if np.allclose(seen, np.round(seen, k), rtol=0, atol=1e-10)), None)
        if places is None:
            return False
        off = moves(w, seen)[1] - moves(w, use(reference, settings, w, gradients))[1]
        return np.abs(off).max() < 0.51 * 10.0**-places

    return test
