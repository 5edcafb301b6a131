"""Questions about lesson 06 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .dense_backward_mistakes import dense
from .sigmoid_backward import sigmoid

BY_HAND = (
    ByHand(
        dense,
        "A neuron computes z = w x + b with x = {x} and w = {w}. The gradient {dz} comes back to z. "
        "What do x, w and b receive, in this order?",
        lambda rng: {"x": whole(rng, 2, 5), "w": one_of(rng, -3, -2, 3, 4), "dz": one_of(rng, -2, 2, 3)},
        lambda f, x, w, dz: [float(np.ravel(v)[0]) for v in f(*(np.array([[float(v)]]) for v in (dz, x, w)))],
        because="A product hands on what comes in times the *other* factor, {dz} · {w} and {dz} · {x}; a plus hands it on "
        "as it is, {dz}.",
        read="Back through a dense layer",
    ),
    ByHand(
        sigmoid,
        "The output of a sigmoid was {h}, and the gradient {dh} comes back. What is handed on?",
        lambda rng: {"h": one_of(rng, 0.5, 0.1, 0.2, 0.8, 0.9), "dh": one_of(rng, -10, -4, 2, 5, 10)},
        lambda f, h, dh: f(np.array([float(dh)]), np.array([h])),
        because="What comes in times the slope h (1 − h): {dh} · {h} · (1 − {h}) = {answer}.",
        read="Back through a sigmoid",
    ),
)
