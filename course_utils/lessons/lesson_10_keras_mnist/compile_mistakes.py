"""Define and compile: the mistakes that show when the model is evaluated or trained."""

import numpy as np

from course_utils.exercises.keras_models.classifiers import compile_problem, first_step
from course_utils.exercises.keras_models.networks import is_forward

from .build_mlp import builds
from .common import gradients
from .layer_mistakes import build_mlp


def compiled(test):
    """The mistake is recognised by `test(seen, images, labels)` on a model that could be evaluated and trained."""
    return builds(lambda seen, images, labels: "after" in seen and test(seen, images, labels))


def step_length(seen):
    """How far one step moves the biases of the output, if all but one or two move equally far; else None."""
    steps = np.abs(first_step(seen))
    middle = np.median(steps)
    return middle if np.mean(np.abs(steps - middle) < 0.02 * middle) >= 0.8 else None


build_mlp.slip(
    "not-compiled",
    (
        "The layers are right, but Keras does not know yet how to train them. Which step comes between "
        "defining and training?"
    ),
    '    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])\n',
    "",
    when=builds(lambda seen, *_: "must call `compile" in seen.get("refused", "")),
)

build_mlp.slip(
    "squared-error",
    (
        "Your loss, or a metric of yours, subtracts the label from all ten shares, as if the digit 9 were nine times as much "
        "as a 1. A digit is a class: which loss measures the share that the right class got, and which metric does the text ask for?"
    ),
    '"sparse_categorical_crossentropy"',
    '"mse"',
    when=builds(lambda seen, *_: "Incompatible shapes" in seen.get("refused", "")),
)

build_mlp.slip(
    "one-hot-loss",
    (
        "Your loss expects as many numbers in a label as there are outputs, ten. Here a label is a single "
        "number from 0 to 9. Which cross-entropy takes such *sparse* labels?"
    ),
    '"sparse_categorical_crossentropy"',
    '"categorical_crossentropy"',
    when=builds(lambda seen, *_: "same rank" in seen.get("refused", "")),
)

build_mlp.slip(
    "misspelt-loss",
    "Keras knows no loss of that name. Compare yours with the table, letter by letter.",
    '"sparse_categorical_crossentropy"',
    '"sparse_categorical_cross_entropy"',
    when=builds(lambda seen, *_: "loss identifier" in seen.get("refused", "")),
)

build_mlp.slip(
    "misspelt-metric",
    "Keras knows no metric of that name. Compare yours with the table, letter by letter.",
    '["accuracy"]',
    '["acuracy"]',
    when=builds(lambda seen, *_: "metric identifier" in seen.get("refused", "")),
)

build_mlp.slip(
    "metrics-by-place",
    "The third place of `compile` is not that of the metrics. Which name belongs before the list?",
    'optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]',
    '"adam", "sparse_categorical_crossentropy", ["accuracy"]',
    when=builds(lambda seen, *_: "dtype='string'" in seen.get("refused", "")),
)

build_mlp.slip(
    "metric-object-by-place",
    "A metric stands where Keras expects other things: the third place of `compile` is not its own. Which name belongs before the list?",
    "        metrics=[keras.metrics.SparseCategoricalAccuracy()],\n",
    "        [keras.metrics.SparseCategoricalAccuracy()],\n",
    of="layer by layer, with objects",
    when=builds(
        lambda seen, *_: (
            "unsupported type" in seen.get("refused", "") and "keras.src.metrics" in seen.get("refused", "")
        )
    ),
)

build_mlp.slip(
    "no-metrics",
    "The model reports its loss only, which is hard to read. Which argument of compile asks for the accuracy as well?",
    ', metrics=["accuracy"]',
    "",
    when=compiled(lambda seen, *_: np.size(seen["scores"]) == 1),
)

build_mlp.slip(
    "sgd",
    (
        'One step moves each bias by 0.01 times its slope: that is plain gradient descent, "sgd". '
        "Which optimizer does the text ask for?"
    ),
    'optimizer="adam"',
    'optimizer="sgd"',
    when=compiled(
        lambda seen, images, labels: np.allclose(
            first_step(seen), -0.01 * np.mean(seen["probabilities"] - np.eye(10)[labels], axis=0), rtol=0.05, atol=1e-6
        )
    ),
)

build_mlp.slip(
    "frozen-layer",
    "The hidden layer stays as it is when the model is trained. What does `trainable=False` do, and who asked for it?",
    'Dense(128, activation="relu"',
    'Dense(128, activation="relu", trainable=False',
    when=compiled(
        lambda seen, *_: np.array_equal(seen["weights"][0], seen["after"][0]) and np.any(first_step(seen) != 0)
    ),
)

build_mlp.slip(
    "other-rate",
    "One step moves every bias of the output equally far, but not by 0.001. Is it adam, with its usual learning rate?",
    'optimizer="adam"',
    "optimizer=keras.optimizers.Adam(0.01)",
    when=compiled(lambda seen, *_: step_length(seen) is not None and abs(step_length(seen) - 0.001) > 0.0002),
)

build_mlp.slip(
    "dropout-added",
    "In training your model computes otherwise than in use: numbers are dropped, or noise is added. Dropout comes in lesson 11; which layers does the text ask for here?",
    'activation="relu"),\n',
    'activation="relu"),\n        keras.layers.Dropout(0.5),\n',
    when=compiled(
        lambda seen, images, labels: (
            is_forward(seen, images)
            and "training only"
            in (compile_problem(seen, images, labels, gradients(seen["weights"], images, labels)) or "")
        )
    ),
)

_LAYERS = (
    "keras.layers.Flatten(), keras.layers.Dense(128, activation='relu'), keras.layers.Dense(10, activation='softmax')]"
)
for _first, _changed in (
    ("[keras.Input((28, 28)), ", "["),
    ("[keras.Input((28, 28)), ", "[keras.Input((28, 28)), keras.layers.Flatten(), "),
    ("[", "[keras.layers.Flatten(), "),
):
    build_mlp.equivalent(
        _first + _LAYERS,
        _changed + _LAYERS,
        why="without an Input the model is built when it is first used, and a second Flatten changes nothing",
    )
build_mlp.equivalent("model.add(keras.Input(shape=(28, 28)))", why="the model is built when it is first used")
for _call in (
    "model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])",
    "model.compile('adam', 'sparse_categorical_crossentropy', metrics=['acc'])",
    "model.compile(keras.optimizers.Adam(), keras.losses.SparseCategoricalCrossentropy(), "
    "metrics=[keras.metrics.SparseCategoricalAccuracy()])",
):
    build_mlp.equivalent(_call, "for _ in range(2): …", why="compiled twice is compiled")
