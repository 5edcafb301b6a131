"""Dropout and L2 in Keras: the mistakes in the penalties, and in what else a layer is given."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_forward, is_model, shapes

from .build_regularized import build
from .dropout_window import built, dropped, is_plain, near, penalised, penalty_of, window_squares

build.slip(
    "no-penalty",
    "The model holds no penalty at all. With which argument does a Dense layer take a regularizer for its kernel?",
    '{"kernel_regularizer": penalty}',
    "{}",
    when=penalised(lambda penalty, *_: penalty == 0),
)

build.slip(
    "one-kernel-only",
    "Only one of the two kernels is penalised. The output layer has a kernel as well, and so has the hidden one.",
    'activation="softmax", **both',
    'activation="softmax"',
    when=penalised(
        lambda penalty, weights, strength: (
            near(penalty, strength * penalty_of(weights[:1])) or near(penalty, strength * penalty_of(weights[2:3]))
        )
    ),
)

build.slip(
    "l1",
    "You penalise the sizes of the weights, not their squares. Which of Keras's regularizers squares?",
    "L2(strength)",
    "L1(strength)",
    when=penalised(lambda penalty, weights, strength: near(penalty, strength * penalty_of(weights[::2], 1))),
)

build.slip(
    "fixed-strength",
    "The penalty is Keras's usual one, 0.01 times the squares, whatever is asked for. Where does `strength` belong?",
    "keras.regularizers.L2(strength)",
    '"l2"',
    when=penalised(lambda penalty, weights, strength: near(penalty, 0.01 * penalty_of(weights[::2]))),
)

build.slip(
    "biases-too",
    "The biases are penalised as well. A bias makes nothing wiggle, so it is left free: which argument is too many?",
    '{"kernel_regularizer": penalty}',
    '{"kernel_regularizer": penalty, "bias_regularizer": penalty}',
    when=built(
        lambda seen, rate, strength: (
            near(sum(seen["penalties"]), strength * penalty_of(seen["weights"][::2]))
            and not near(sum(seen["window_penalties"]), strength * window_squares(*seen["weights"][0].shape))
        )
    ),
)

build.slip(
    "activity-penalised",
    "`activity_regularizer` puts a price on what a layer gives out. Which argument puts one on its weights?",
    'activation="softmax", **both',
    'activation="softmax", activity_regularizer=penalty',
    when=built(lambda seen, *_: seen["activity"]),
)

build.slip(
    "half-the-penalty",
    "Your penalty is half of what is asked for. Keras's L2 has no ½ in it: what does it take?",
    "L2(strength)",
    "L2(strength / 2)",
    when=penalised(lambda penalty, weights, strength: near(penalty, strength / 2 * penalty_of(weights[::2]))),
)

build.slip(
    "l1-and-l2",
    "You penalise the squares of the weights, and their sizes as well. Which of the two is asked for?",
    "L2(strength)",
    "L1L2(strength, strength)",
    when=penalised(
        lambda penalty, weights, strength: near(
            penalty, strength * (penalty_of(weights[::2]) + penalty_of(weights[::2], 1))
        )
    ),
)

build.slip(
    "rate-and-strength-swapped",
    "The rate and the strength have changed places: which one belongs to the dropout, and which one to the penalty?",
    "penalty = keras.regularizers.L2(strength)\n    return keras.Sequential([\n        keras.Input((inputs,)),\n"
    '        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),\n'
    "        keras.layers.Dropout(rate)",
    "penalty = keras.regularizers.L2(rate)\n    return keras.Sequential([\n        keras.Input((inputs,)),\n"
    '        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),\n'
    "        keras.layers.Dropout(strength)",
    of="a list of layers",
    when=built(
        lambda seen, rate, strength: (
            near(sum(seen["penalties"]), rate * penalty_of(seen["weights"][::2]))
            and abs(dropped(seen)[0] - strength) < 0.03
        )
    ),
)

build.slip(
    "another-dropout",
    "Your layer does not set neurons to 0, it changes them in another way. Which of Keras's layers drops them?",
    "Dropout(rate)",
    "GaussianDropout(rate)",
    when=built(lambda seen, *_: not is_plain(seen)),
)

build.slip(
    "other-width",
    "The hidden layer has not as many neurons as are asked for. Which parameter says how many?",
    "Dense(hidden",
    "Dense(16",
    when=lambda seen, inputs, hidden, classes, *_: (
        is_model(seen)
        and [s[0] for s in shapes(seen)[:1]] == [inputs]
        and [s[-1] for s in shapes(seen)[1::2]][1:] == [classes]
        and shapes(seen)[0][-1] not in (inputs, hidden, classes)
    ),
)

for _name, _wrong, _bend in (("sigmoid-hidden", "sigmoid", nn.sigmoid), ("tanh-hidden", "tanh", np.tanh)):
    build.slip(
        _name,
        f"The hidden layer bends with {_wrong}. Which activation does the text ask for?",
        '"relu"',
        f'"{_wrong}"',
        when=lambda seen, inputs, hidden, classes, rate, strength, x, bend=_bend: (
            is_model(seen) and is_forward(seen, x, hidden=bend)
        ),
    )

build.slip(
    "sigmoid-output",
    "Each output is a sigmoid of its own, so they do not sum to 1. Which activation makes shares of them?",
    '"softmax"',
    '"sigmoid"',
    when=lambda seen, inputs, hidden, classes, rate, strength, x: (
        is_model(seen) and is_forward(seen, x, output=nn.sigmoid)
    ),
)
