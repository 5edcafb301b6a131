"""A model that was told what nobody asked for, in each exercise that builds or compiles one with Keras.

The first numbers of such a model are right: only what it was told gives it away.
"""

from __future__ import annotations

import ast

import numpy as np
import pytest

from course_utils import lessons
from course_utils.exercises import FunctionExercise, check, quiet
from course_utils.exercises.keras_models.unasked import other_optimizer, told, unasked_setting

OPTIMIZERS = ("Adamax()", "Lion()", "Adam(beta_1=0.5)", "Adam(use_ema=True)", "Adam(global_clipnorm=5.0)")
LAYERS = ("Dense", "Conv2D", "LSTM", "MultiHeadAttention")
SETTINGS = ("bias_initializer='ones'", "bias_regularizer='l2'", "kernel_constraint='non_neg'")
FREE = {  # exercises that build or compile a model and may be told such things, and why
    ("17_gan", "contest"): "each network is trained by steps of the answer's own, which no penalty reaches",
    ("18_transfer_learning", "fine-tune"): "the network is given",
    ("20_deployment", "pack"): "all weights are those of another network, and it learns no more",
}


def right_answers():
    """Each exercise with a right answer that has layers of its own."""
    for lesson in lessons.names():
        for exercise in lessons.load(lesson).exercises.values():
            if type(exercise) is FunctionExercise and (lesson, exercise.id) not in FREE:
                sources = [exercise.source_of(variant) for variant in exercise.variants]
                if source := next((s for s in sources if s and any(f"layers.{layer}(" in s for layer in LAYERS)), ""):
                    yield lesson, exercise, source


def told_otherwise(source):
    """The answer with one more setting in its first layer with weights, or another optimizer; and what it was told."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    calls = [call for call in calls if isinstance(call.func, ast.Attribute)]
    layer = next(call for call in calls if call.func.attr in LAYERS)
    compiles = [call for call in calls if call.func.attr == "compile"]
    for setting in SETTINGS:
        text = ast.unparse(layer)
        yield ast.unparse(ast.parse(source)).replace(text, f"{text[:-1]}, {setting})", 1), setting.partition("=")[0]
    for optimizer in OPTIMIZERS if compiles else ():
        text = ast.unparse(compiles[0])
        other = text.replace("'adam'", f"keras.optimizers.{optimizer}")
        name, _, rest = optimizer.partition("(")
        yield ast.unparse(ast.parse(source)).replace(text, other, 1), rest.partition("=")[0].rstrip(")") or name


TOLD = [
    pytest.param(exercise, *changed, id=f"{lesson}-{exercise.id}-{changed[1]}")
    for lesson, exercise, source in right_answers()
    for changed in told_otherwise(source)
]


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "source", "word"), TOLD)
def test_what_nobody_asked_for_is_found_and_named(exercise, source, word):
    import keras

    namespace = {"np": np, "keras": keras, **exercise._given()}
    exec(source, namespace)
    with quiet():
        result = check(exercise, namespace, [0])
    assert result.points < exercise.points
    named = (word, "The biases are penalised", "Which optimizer did it use")
    assert any(words in result.message for words in named), result.message


def test_every_exemption_is_of_an_exercise():
    assert all(id in lessons.load(lesson).exercises for lesson, id in FREE)


def made(**settings):
    import keras

    class Own(keras.layers.Layer):
        def __init__(self, rule):  # which cannot be written down, so the layer has no configuration
            super().__init__()
            self.rule = rule

        def call(self, x):
            return self.rule(x)

    layers = [keras.layers.Dense(2, **settings), keras.layers.LSTM(3), Own(abs), keras.layers.BatchNormalization()]
    return keras.Sequential([keras.Input((None, 2)), keras.Sequential(layers[:1]), layers[1], *layers[2:]])


@pytest.mark.parametrize("optimizer", ["adam", "Adam(0.1)", "Adam(weight_decay=0.0)", "Adam(epsilon=1e-7)", ""])
def test_a_usual_model_was_told_nothing(optimizer):
    import keras

    model = made(kernel_initializer="he_normal", activation="relu")
    if optimizer:
        model.compile(eval(f"keras.optimizers.{optimizer}", {"keras": keras}) if "(" in optimizer else optimizer)
    seen = {"told": told(model)}
    assert other_optimizer(seen) is unasked_setting(seen) is None


def test_an_optimizer_of_ones_own_is_told_by_its_name():
    import keras

    class Own(keras.optimizers.SGD):
        def __init__(self, rate):  # so none can be made without one
            super().__init__(rate)

    model = made()
    model.compile(Own(0.1))
    assert other_optimizer({"told": told(model)}) == "the optimizer is Own; Adam is asked for"


def test_an_optimizer_in_mixed_precision_is_looked_into():
    import keras

    model = made()
    model.compile(keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(beta_1=0.5)))
    assert "`beta_1=0.5`" in other_optimizer({"told": told(model)})


def test_a_layer_inside_a_model_is_looked_into():
    seen = {"told": told(made(kernel_regularizer="l2"))}
    assert "`kernel_regularizer`, here L2" in unasked_setting(seen)
    assert unasked_setting(seen, asked=["kernel_regularizer"]) is None
