"""A model in mixed precision: most of it in 16 bits, its softmax in 32."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.answer import Raised
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import dense_shapes, forward, input_shape
from course_utils.exercises.keras_models.unasked import told, unasked_setting


def mixed(policy):
    """Flatten(28 × 28)-128-10: the hidden layer under the policy, the softmax in float32."""
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=policy),
        keras.layers.Dense(128, activation="relu", dtype=policy),
        keras.layers.Dense(10, activation="softmax", dtype="float32"),
    ])


build_mixed = FunctionExercise("build-mixed", reference=mixed, points=3, rounds=1, title="A model in mixed precision")


@build_mixed.given
def _():
    return {"keras": keras}


@build_mixed.cases
def _(rng):
    yield small("mixed_float16", "mixed_float16")
    yield random("mixed_bfloat16", "mixed_bfloat16")
    yield edge("float32 all through", "float32")


MARK = 0.375  # what all weights of the first model are set to, to see whether the second one is the same
PROBE = np.random.default_rng(19).uniform(0, 1, (8, 28, 28)).astype(np.float32)

COMPUTES = {"mixed_float16": "float16", "mixed_bfloat16": "bfloat16", "float32": "float32"}


IN_QUOTES = "the word 'policy' itself"


@build_mixed.drive
def _(answer, policy):
    try:
        model = answer(policy)
    except Exception as error:
        if "'policy' to a mixed precision" in Raised.of(error).message:
            return IN_QUOTES
        raise
    if not hasattr(model, "get_weights"):
        return family(model)
    if not model.built:
        return {"built": False}
    layers = [layer for layer in model.layers if layer.count_params()]
    seen = {
        "compute": [layer.compute_dtype for layer in layers],
        "last": [layer.compute_dtype for layer in model.layers][-1:],
        "stored": [layer.variable_dtype for layer in layers],
        "shapes": [tuple(int(side) for side in np.shape(w)) for w in model.get_weights()],
        "input": input_shape(model),
        "frozen": [not layer.trainable for layer in layers],
        "compiled": getattr(model, "optimizer", None) is not None,
        "told": told(model),
    }
    # Numbers in bfloat16 are no NumPy type: the output is asked for only when it is in float32.
    if seen["compute"][-1:] == seen["last"] == ["float32"] and set(seen["stored"]) == {"float32"}:
        seen |= {"weights": model.get_weights(), "probabilities": model(PROBE), "training": model(PROBE, training=True)}
        model.set_weights([np.full_like(w, MARK) for w in seen["weights"]])
        seen["another"] = answer(policy).get_weights()
        model.set_weights(seen["weights"])
    return seen


@build_mixed.accept
def _(seen, policy):
    if seen == IN_QUOTES:
        return f"a layer takes {IN_QUOTES} for its policy, and Keras knows none of that name"
    if not isinstance(seen, dict):
        return f"build_mixed should return a Keras model, but it returned {seen}"
    if seen.get("built") is False:
        return "the model has no weights yet, because it does not know how large an image is"
    if seen["shapes"] != dense_shapes(784, 128, 10):
        return f"the weights should have the shapes of 784 → 128 → 10, but have {', '.join(map(str, seen['shapes']))}"
    if set(seen["stored"]) != {"float32"}:
        return f"the weights are stored in {', '.join(seen['stored'])}; they should stay in float32"
    if seen["compute"] != [COMPUTES[policy], "float32"]:
        return (
            f"with the policy {policy} the two dense layers should compute in {COMPUTES[policy]} and float32, "
            f"but compute in {' and '.join(seen['compute'])}"
        )
    if seen["last"] != ["float32"]:
        return f"the last layer should compute in float32, but computes in {seen['last'][0]}"
    if seen["input"] not in (None, (28, 28)):
        return f"the model should take images of the shape (28, 28), and it was made for {seen['input']}"
    expected = forward(seen["weights"], PROBE)
    if not np.allclose(expected, seen["probabilities"], atol=1e-3 if policy == "float32" else 0.02):
        return "the predictions are not those of ReLU in the hidden layer and softmax in the output"
    return not_fresh(seen)


def not_fresh(seen):
    """In what a model of the right layers falls short of a new one that waits to be compiled and trained."""
    if comes_again(seen):
        return "build_mixed should return a new model each time, and the same one came back"
    if seen["compiled"]:
        return "the model is compiled already; the exercise leaves that to the training"
    if any(seen["frozen"]):
        return "there is a layer that is frozen, so training would not move its weights"
    if not np.allclose(seen["probabilities"], seen["training"], atol=1e-3):
        return "there is a layer that acts in training only, such as Dropout; the network has none"
    if any(np.ptp(kernel) == 0 for kernel in seen["weights"][::2]):
        return "all numbers of a kernel begin alike, so they can never become different"
    return unasked_setting(seen)


def comes_again(seen):
    """Whether the second call gave the model of the first."""
    return all(np.all(w == MARK) for w in seen["another"])


def built(test):
    """The mistake is recognised by `test(seen, policy)` on a model."""
    return lambda seen, policy: isinstance(seen, dict) and bool(test(seen, policy))


@build_mixed.variant("two types by name")
def _(policy):
    hidden, output = policy, "float32"
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=hidden),
        keras.layers.Dense(128, activation="relu", dtype=hidden),
        keras.layers.Dense(10, activation="softmax", dtype=output),
    ])


build_mixed.variant("one list of layers")(mixed)


@build_mixed.variant("layer by layer, the softmax on its own")
def _(policy):
    model = keras.Sequential()
    model.add(keras.Input((28, 28)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(128, activation="relu", dtype=policy))
    model.add(keras.layers.Dense(10, dtype="float32"))
    model.add(keras.layers.Softmax(dtype="float32"))
    return model


@build_mixed.variant("functional, with a policy object")
def _(policy):
    rule = keras.mixed_precision.DTypePolicy(policy)
    inputs = keras.Input((28, 28))
    hidden = keras.layers.Dense(128, activation="relu", dtype=rule)(keras.layers.Flatten(dtype=rule)(inputs))
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax", dtype="float32")(hidden))
