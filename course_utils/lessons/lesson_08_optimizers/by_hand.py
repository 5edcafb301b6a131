"""Questions about lesson 08 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .common import use
from .momentum import momentum
from .schedule_mistakes import schedule
from .sgd import sgd

BY_HAND = (
    ByHand(
        momentum,
        "A weight is {w}, the velocity 0, the learning rate {rate}, the momentum {beta}. Two steps follow, both with the "
        "gradient {g}. What is the weight after the first and after the second?",
        lambda rng: {"w": whole(rng, 1, 4), "rate": 0.1, "beta": one_of(rng, 0.5, 0.9), "g": one_of(rng, -2, 2, 4)},
        lambda f, w, rate, beta, g: use(
            f, {"learning_rate": rate, "momentum": beta}, np.array([float(w)]), [np.array([float(g)])] * 2
        ),
        because="The first velocity is −{rate} · {g}. The second is {beta} times the first, and −{rate} · {g} again: the "
        "second step is longer.",
        read="Momentum: a ball with weight",
    ),
    ByHand(
        schedule,
        "The learning rate climbs in a straight line from 0 to {top} over {warmup} steps. What is it at step {step}?",
        lambda rng: {"top": one_of(rng, 0.1, 0.2, 0.5), "warmup": 10, "step": whole(rng, 1, 9)},
        lambda f, top, warmup, step: f(step, top, warmup, 100),
        because="{step} tenths of the way up: {top} · {step} / {warmup} = {answer}.",
        read="A rate that changes",
        within=0.0006,
    ),
    ByHand(
        sgd,
        "A weight is {w}. SGD with the rate {rate} makes two steps, with the gradients {g[0]} and {g[1]}. Where does it end?",
        lambda rng: {
            "w": whole(rng, 1, 5),
            "rate": one_of(rng, 0.1, 0.5),
            "g": [one_of(rng, 4, 6), one_of(rng, -2, 2, 3)],
        },
        lambda f, w, rate, g: use(f, {"learning_rate": rate}, np.array([float(w)]), [np.array([float(v)]) for v in g])[
            -1
        ],
        because="Each step takes away rate times gradient: {w} − {rate} · {g[0]} − {rate} · {g[1]} = {answer}.",
        read="SGD",
    ),
)
