"""Questions about lesson 05 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .gradient_step_mistakes import step
from .minibatches_mistakes import minibatches
from .numerical_gradient_mistakes import measured


def _two_heights(rng):
    w, h, slope, middle = whole(rng, 1, 6), one_of(rng, 0.1, 0.5), one_of(rng, -4, -3, -2, 2, 3, 4), whole(rng, 3, 9)
    heights = {"before": round(middle - slope * h, 2), "after": round(middle + slope * h, 2)}
    return {"w": w, "h": h, "left": round(w - h, 1), "right": round(w + h, 1), **heights}


BY_HAND = (
    ByHand(
        step,
        "A weight is {w}, its gradient {g}, the learning rate {rate}. What is the weight after one step?",
        lambda rng: {"w": whole(rng, 1, 5), "g": one_of(rng, -4, -2, 2, 3, 6), "rate": one_of(rng, 0.1, 0.5)},
        lambda f, w, g, rate: f(w, g, rate),
        because="The weight minus rate times gradient: {w} − {rate} · {g} = {answer}. A negative gradient makes it larger.",
        read="One step downhill",
    ),
    ByHand(
        minibatches,
        "{samples} samples are cut into batches of {size}. How many batches are there, and how many samples has the last?",
        lambda rng: {"size": (size := one_of(rng, 10, 20, 50)), "samples": size * whole(rng, 3, 6) + whole(rng, 1, 9)},
        lambda f, size, samples: [len(b := f(np.zeros((samples, 1)), np.zeros(samples), size, 0)), len(b[-1][0])],
        because="As many full batches as fit, and one more for what is left over.",
        read="Epochs, batches, iterations",
    ),
    ByHand(
        measured,
        "The loss is {before} at w = {left} and {after} at w = {right}. What is the slope between them?",
        _two_heights,
        lambda f, w, h, before, after, **_: f(
            lambda x: float(before + (x[0] - (w - h)) / (2 * h) * (after - before)), np.array([float(w)]), h
        ),
        because="The difference of the losses, {after} − {before}, divided by the way from {left} to {right}.",
        read="Which way is down?",
    ),
)
