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
