"""Questions about lesson 03 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, one_of, whole

from .dense_mistakes import dense
from .forward_mistakes import forward

BY_HAND = (
    ByHand(
        dense,
        "A layer has two inputs and two neurons: W = {W} (a row for each input) and b = {b}. "
        "What comes out for the inputs {x}?",
        lambda rng: {
            "x": whole(rng, 1, 3, 2),
            "W": [whole(rng, -1, 3, 2), whole(rng, 0, 3, 2)],
            "b": whole(rng, 0, 5, 2),
        },
        lambda f, x, W, b: f(np.array([x]), np.array(W), np.array(b)),
        because="Each neuron has a column of W: {x[0]} · {W[0][0]} + {x[1]} · {W[1][0]} + {b[0]} for the first, "
        "{x[0]} · {W[0][1]} + {x[1]} · {W[1][1]} + {b[1]} for the second.",
        read="Neurons side by side",
    ),
    ByHand(
        forward,
        "One input, one hidden neuron with ReLU, one score: h = ReLU({w1} x + {b1}), score = {w2} h + {b2}. "
        "What is the score for x = {x}?",
        lambda rng: {
            "x": whole(rng, 1, 4),
            "w1": one_of(rng, -2, -1, 2, 3),
            "b1": whole(rng, 1, 3),
            "w2": whole(rng, 2, 4),
            "b2": whole(rng, 1, 5),
        },
        lambda f, x, w1, b1, w2, b2: f(
            np.array([[x]]), [(np.array([[w1]]), np.array([b1])), (np.array([[w2]]), np.array([b2]))]
        ),
        because="The hidden sum is {w1} · {x} + {b1}. ReLU makes 0 of it if it is negative; times {w2}, plus {b2}: {answer}.",
        read="The forward pass",
    ),
)
