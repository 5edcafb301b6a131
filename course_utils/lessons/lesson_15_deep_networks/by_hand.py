"""Questions about lesson 15 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .clip_by_norm import clip
from .kernel_std import kernel_std
from .layer_norm import layer_norm
from .residual import residual

BY_HAND = (
    ByHand(
        residual,
        "A residual block of one neuron: y = x + ReLU({w} x). What is y for x = {x}?",
        lambda rng: {"x": one_of(rng, -2, 1, 2, 3), "w": one_of(rng, -2, -1, 2, 3)},
        lambda f, x, w: f(np.array([[float(x)]]), np.array([[float(w)]])),
        because="x itself goes past the layer, and what ReLU lets through of {w} · {x} is added: {answer}.",
        read="A way past the layer",
    ),
    ByHand(
        clip,
        "The gradient is {g}. It is clipped to the length {limit}. What is left of it?",
        lambda rng: {"g": [3 * (k := one_of(rng, 1, 2, 3)), 4 * k], "limit": one_of(rng, 1, 2, 5, 10)},
        lambda f, g, limit: f([np.array(g, float)], float(limit))[0],
        because="Its length is the root of {g[0]}² + {g[1]}². If that is more than {limit}, both numbers shrink by one factor.",
        read="Too much of a good thing",
    ),
    ByHand(
        kernel_std,
        "A ReLU layer has {inputs} inputs. What standard deviation does He's rule give its first weights?",
        lambda rng: {"inputs": one_of(rng, 2, 8, 32, 50, 200)},
        lambda f, inputs: f(inputs, inputs, "relu"),
        because="The root of 2 / {inputs} is {answer}.",
        read="First weights",
    ),
    ByHand(
        layer_norm,
        "Layer normalisation meets the row {x}, with γ = {gamma} and β = {beta} for both numbers. What comes out?",
        lambda rng: {
            "x": [(low := whole(rng, 1, 9)), low + 2 * whole(rng, 1, 4)],
            "gamma": whole(rng, 1, 3),
            "beta": whole(rng, 0, 10),
        },
        lambda f, x, gamma, beta: f(np.array([x], float), np.full(2, float(gamma)), np.full(2, float(beta)), 0.0),
        because="The row becomes −1 and 1: mean 0, variance 1. Then times γ, plus β.",
        read="Normalisation",
    ),
)
