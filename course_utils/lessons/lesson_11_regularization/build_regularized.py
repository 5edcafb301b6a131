"""Define a network with dropout and an L2 penalty, of any strength."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.classifiers import share_problem
from course_utils.exercises.keras_models.networks import dense_shapes, is_forward, is_model, no_model, shapes
from course_utils.exercises.keras_models.unasked import told, unasked_setting

from .dropout_window import (
    built,
    dropped,
    inputs_dropped,
    is_in_window,
    is_plain,
    losses,
    mixed_rows,
    near,
    neurons,
    penalty_of,
    random_in_training,
    still,
    window,
    window_squares,
)


def regularized(inputs, hidden, classes, rate, strength):
    """inputs → hidden (ReLU) → dropout → classes (softmax), with an L2 penalty on both kernels."""
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


JUDGED_BY_SIZE = ("kernel_regularizer", "bias_regularizer", "activity_regularizer")  # of strength 0 they are none
build = FunctionExercise(
    "build-regularized", reference=regularized, points=4, rounds=1, title="Dropout and L2 in Keras"
)


@build.given
def _():
    return {"keras": keras}


@build.cases
def _(rng):
    def rows():
        return rng.uniform(0, 1, (400, 6)).astype(np.float32)

    yield small("6 inputs, 8 hidden neurons, 9 classes, rate 0.25, strength 0.1", 6, 8, 9, 0.25, 0.1, rows())
    rate, strength = float(rng.choice([0.3, 0.6, 0.7])), float(rng.uniform(0.02, 0.06))
    yield random("another rate and strength", 6, 10, 11, rate, strength, rows())
    yield edge("rate 0 and strength 0: a plain network", 6, 4, 5, 0.0, 0.0, rows())


@build.drive
def _(answer, inputs, hidden, classes, rate, strength, x):
    model = answer(inputs, hidden, classes, rate, strength)
    if not hasattr(model, "get_weights"):
        return family(model)
    weights = model.get_weights()
    seen = {
        "weights": weights,
        "probabilities": model(x),
        "training": model(x, training=True),
        "penalties": losses(model),
        "told": told(model),
    }
    if [np.shape(w) for w in weights] == dense_shapes(inputs, hidden, classes):
        model.set_weights(window(inputs, hidden, classes))
        seen |= {"window": model(np.ones_like(x), training=True), "window_penalties": losses(model)}
        seen["activity"] = any(getattr(layer, "activity_regularizer", None) for layer in getattr(model, "layers", ()))
        another = answer(inputs, hidden, classes, rate, strength)
        seen |= {"again": is_in_window(another, inputs, hidden, classes), "still": still(model, x, classes)}
    return seen


@build.accept
def _(seen, inputs, hidden, classes, rate, strength, x):
    if not is_model(seen):
        return no_model(seen, "build_regularized")
    problem = share_problem(seen["probabilities"], x, classes, "row")
    if problem:
        return problem
    if "window" not in seen:
        return (
            f"the weights should have the shapes of {inputs} → {hidden} → {classes}, "
            f"but have the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if seen["again"]:
        return "build_regularized should return a new model each time, and gives the same one again"
    if not is_forward(seen, x):
        return "the predictions are not those of ReLU in the hidden layer and softmax in the output"
    share, size = dropped(seen)
    if neurons(seen) is None or (rate == 0 and random_in_training(seen)):
        return "the outputs themselves are dropped in training"
    if inputs_dropped(seen):
        return "inputs are dropped in training; only the hidden neurons should be"
    if not is_plain(seen):
        return "in training a hidden neuron is neither 0 nor of the one size that the others have"
    if rate and not share:
        return f"in training no hidden neuron is dropped; a share of {rate:g} should be"
    if abs(share - rate) > 0.06 or not np.isclose(size, 1 / (1 - rate), rtol=0.01):
        return f"in training {share:.0%} of the hidden neurons are dropped, but it should be {rate:.0%}"
    kernels = seen["weights"][::2]
    if not near(sum(seen["penalties"]), strength * penalty_of(kernels)):
        return (
            f"the penalty should be {strength:g} times the squares of both kernels, {strength * penalty_of(kernels):.4f}, "
            f"but it is {sum(seen['penalties']):.4f}"
        )
    if not near(sum(seen["window_penalties"]), strength * window_squares(inputs, hidden)):
        return "biases are penalised as well; the penalty is for kernels only"
    if any(np.ptp(kernel) == 0 for kernel in kernels):
        return "all weights of a kernel begin alike, so its neurons can never become different"
    if any(seen["still"]):
        return "a step of training does not move every layer. Is one of them frozen?"
    return unasked_setting(seen, asked=JUDGED_BY_SIZE)


@build.variant("the layers by name")
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    both = {"kernel_regularizer": penalty}
    first = keras.layers.Dense(hidden, activation="relu", **both)
    drop = keras.layers.Dropout(rate)
    last = keras.layers.Dense(classes, activation="softmax", **both)
    return keras.Sequential([keras.Input((inputs,)), first, drop, last])


build.variant("a list of layers")(regularized)


@build.variant("layer by layer")
def _(inputs, hidden, classes, rate, strength):
    model = keras.Sequential()
    model.add(keras.Input(shape=(inputs,)))
    model.add(keras.layers.Dense(hidden, kernel_regularizer=keras.regularizers.l2(strength)))
    model.add(keras.layers.ReLU())
    model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(classes, kernel_regularizer=keras.regularizers.l2(strength)))
    model.add(keras.layers.Softmax())
    return model


@build.variant("functional, compiled")
def _(inputs, hidden, classes, rate, strength):
    start = keras.Input((inputs,))
    h = keras.layers.Dense(hidden, "relu", kernel_regularizer=keras.regularizers.L2(strength))(start)
    h = keras.layers.Dropout(rate)(h)
    y = keras.layers.Dense(classes, "softmax", kernel_regularizer=keras.regularizers.L1L2(l2=strength))(h)
    model = keras.Model(start, y)
    model.compile(optimizer="adam")
    return model


build.slip(
    "no-return",
    "build_regularized returned nothing. The model must leave the function: which line is missing at its end?",
    "return keras.Sequential",
    "keras.Sequential",
    when=lambda seen, *_: seen == "None",
)


@build.mistake(
    "made-once",
    "A second call gives the model of the first one again, with all that it has learned. Each call should make a new one.",
    when=built(lambda seen, *_: seen["again"]),
)
def _(inputs, hidden, classes, rate, strength, made={}):  # noqa: B006
    key = (inputs, hidden, classes, rate, strength)
    if key not in made:
        penalty = keras.regularizers.L2(strength)
        made[key] = keras.Sequential([
            keras.Input((inputs,)),
            keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
            keras.layers.Dropout(rate),
            keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
        ])
    return made[key]


build.slip(
    "no-softmax",
    "The outputs are scores: some are negative, and they do not sum to 1. Which activation makes shares of them?",
    'activation="softmax", ',
    "",
    when=lambda seen, inputs, hidden, classes, rate, strength, x: (
        is_model(seen) and is_forward(seen, x, output=nn.linear)
    ),
)

build.slip(
    "no-hidden-activation",
    "The hidden layer does not bend, so the two layers do no more than one (lesson 02). What does `activation=` want?",
    'activation="relu", ',
    "",
    when=lambda seen, inputs, hidden, classes, rate, strength, x: (
        is_model(seen) and is_forward(seen, x, hidden=nn.linear)
    ),
)

build.slip(
    "after-the-output",
    "You drop outputs: in training, some classes get the share 0 by chance. Between which two layers does dropout belong?",
    "drop, last",
    "last, drop",
    when=built(lambda seen, *_: np.asarray(seen["training"]).min() == 0),
)

build.slip(
    "inputs-dropped",
    "You drop inputs, not hidden neurons: the dropout stands before the hidden layer. Where is its place in the list?",
    "first, drop",
    "drop, first",
    when=built(lambda seen, *_: inputs_dropped(seen) and not mixed_rows(seen)),
)

build.slip(
    "inputs-dropped-as-well",
    "The hidden neurons are dropped, and inputs too. How many Dropout layers does the text ask for?",
    "first, drop",
    "keras.layers.Dropout(rate), first, drop",
    when=built(lambda seen, *_: inputs_dropped(seen) and mixed_rows(seen)),
)

build.slip(
    "no-dropout",
    "In training the model answers exactly as in use: nothing is dropped. Which layer is missing?",
    "first, drop, last",
    "first, last",
    when=built(lambda seen, rate, _: rate > 0 and not random_in_training(seen)),
)

build.slip(
    "keep-for-rate",
    "The share that you drop is the one that should stay. What does Keras's Dropout want: the share to drop or to keep?",
    "Dropout(rate)",
    "Dropout(1 - rate)",
    when=built(lambda seen, rate, _: abs(dropped(seen)[0] - (1 - rate)) < 0.06),
)

build.slip(
    "fixed-rate",
    "Half of the neurons are dropped where another rate is asked for. Where should the parameter `rate` stand?",
    "Dropout(rate)",
    "Dropout(0.5)",
    when=built(lambda seen, rate, _: abs(dropped(seen)[0] - 0.5) < 0.06),
)

build.slip(
    "frozen-layer",
    "A layer stays as it is when the model is trained. What does `trainable=False` do, and who asked for it?",
    'Dense(hidden, activation="relu", **both)',
    'Dense(hidden, activation="relu", trainable=False, **both)',
    when=built(lambda seen, *_: any(seen["still"]) and not all(seen["still"])),
)

build.equivalent("model.compile(optimizer='adam')", why="the model need not be compiled")
build.equivalent("optimizer='adam'", why="the model need not be compiled")
