"""Questions about lesson 01 that later lessons ask again."""

import numpy as np

from course_utils.exercises.by_hand import ByHand, whole

from .count_parameters_mistakes import count_parameters
from .weighted_sum_mistakes import weighted_sum

BY_HAND = (
    ByHand(
        weighted_sum,
        "A neuron has the inputs {x}, the weights {w} and the bias {b}. What is its weighted sum?",
        lambda rng: {"x": whole(rng, 1, 4, 2), "w": whole(rng, -3, 4, 2), "b": whole(rng, 1, 6)},
        lambda f, x, w, b: f(np.array(x), np.array(w), b),
        because="Each input times its weight, all added up, and the bias: {x[0]} · {w[0]} + {x[1]} · {w[1]} + {b} = {answer}.",
        read="Multiply, add, bend",
    ),
    ByHand(
        count_parameters,
        "A network has {sizes[0]} inputs, {sizes[1]} hidden neurons and {sizes[2]} outputs. "
        "How many weights and biases has it together?",
        lambda rng: {"sizes": [whole(rng, 2, 5), whole(rng, 2, 5), whole(rng, 2, 4)]},
        lambda f, sizes: f(sizes),
        because="Every neuron has a weight for each of its inputs, and a bias: "
        "({sizes[0]} + 1) · {sizes[1]} + ({sizes[1]} + 1) · {sizes[2]} = {answer}.",
        read="Layers",
    ),
)
