"""A model in mixed precision: most of it in 16 bits, its softmax in 32."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import dense_shapes, forward, input_shape


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


PROBE = np.random.default_rng(19).uniform(0, 1, (8, 28, 28)).astype(np.float32)

COMPUTES = {"mixed_float16": "float16", "mixed_bfloat16": "bfloat16", "float32": "float32"}


@build_mixed.drive
def _(answer, policy):
    model = answer(policy)
    if not hasattr(model, "get_weights"):
        return family(model)
    layers = [layer for layer in model.layers if layer.count_params()]
    seen = {
        "compute": [layer.compute_dtype for layer in layers],
        "stored": [layer.variable_dtype for layer in layers],
        "shapes": [tuple(int(side) for side in np.shape(w)) for w in model.get_weights()],
        "input": input_shape(model),
        "frozen": [not layer.trainable for layer in layers],
        "compiled": getattr(model, "optimizer", None) is not None,
    }
    # Numbers in bfloat16 are no NumPy type: the output is asked for only when it is in float32.
    if seen["compute"][-1:] == ["float32"] and set(seen["stored"]) == {"float32"}:
        seen |= {"weights": model.get_weights(), "probabilities": model(PROBE), "training": model(PROBE, training=True)}
        model.set_weights([np.zeros_like(w) for w in seen["weights"]])
        seen["another"] = answer(policy).get_weights()
        model.set_weights(seen["weights"])
    return seen


@build_mixed.accept
def _(seen, policy):
    if not isinstance(seen, dict):
        return f"build_mixed should return a Keras model, but it returned {seen}"
    if seen["shapes"] != dense_shapes(784, 128, 10):
        return f"the weights should have the shapes of 784 → 128 → 10, but have {', '.join(map(str, seen['shapes']))}"
    if set(seen["stored"]) != {"float32"}:
        return f"the weights are stored in {', '.join(seen['stored'])}; they should stay in float32"
    if seen["compute"] != [COMPUTES[policy], "float32"]:
        return (
            f"with the policy {policy} the two dense layers should compute in {COMPUTES[policy]} and float32, "
            f"but compute in {' and '.join(seen['compute'])}"
        )
    if seen["input"] not in (None, (28, 28)):
        return f"the model should take images of the shape (28, 28), and it was made for {seen['input']}"
    expected = forward(seen["weights"], PROBE)
    if not np.allclose(expected, seen["probabilities"], atol=1e-3 if policy == "float32" else 0.02):
        return "the predictions are not those of ReLU in the hidden layer and softmax in the output"
    return not_fresh(seen)


def not_fresh(seen):
    """In what a model of the right layers falls short of a new one that waits to be compiled and trained."""
    if not any(map(np.any, seen["another"])):
        return "build_mixed should return a new model each time, and the same one came back"
    if seen["compiled"]:
        return "the model is compiled already; the exercise leaves that to the training"
    if any(seen["frozen"]):
        return "there is a layer that is frozen, so training would not move its weights"
    if not np.allclose(seen["probabilities"], seen["training"], atol=1e-3):
        return "there is a layer that acts in training only, such as Dropout; the network has none"
    if any(np.ptp(kernel) == 0 for kernel in seen["weights"][::2]):
        return "all numbers of a kernel begin alike, so they can never become different"
    return None


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


build_mixed.slip(
    "no-return",
    "build_mixed returned nothing. The model must leave the function: which line is missing at its end?",
    "return keras.Sequential",
    "keras.Sequential",
    when=lambda seen, *_: seen == "None",
)

build_mixed.slip(
    "weights-in-half",
    (
        "The weights themselves are stored in 16 bits, where small steps get lost. "
        "What does the word `mixed` in the policy's name promise?"
    ),
    'policy, "float32"',
    'policy.replace("mixed_", ""), "float32"',
    when=built(lambda seen, _: "float32" not in seen["stored"][:1]),
)

build_mixed.slip(
    "output-in-half",
    (
        "The softmax computes in 16 bits too, and the loss takes the logarithm of its shares. "
        "In which type should the last layer compute?"
    ),
    'policy, "float32"',
    "policy, policy",
    when=built(lambda seen, policy: seen["compute"] == [COMPUTES[policy]] * 2),
)

build_mixed.slip(
    "policy-unused",
    "Every layer computes in float32, whatever the policy. Where does a layer take its policy from?",
    'policy, "float32"',
    '"float32", "float32"',
    when=built(lambda seen, policy: set(seen["compute"]) == {"float32"} and policy != "float32"),
)

build_mixed.slip(
    "layers-swapped",
    "The small last layer computes in 16 bits and the large one in 32. Which of them has most of the work?",
    'policy, "float32"',
    '"float32", policy',
    when=built(lambda seen, policy: seen["compute"] == ["float32", COMPUTES[policy]]),
)

build_mixed.slip(
    "always-float16",
    "With `mixed_bfloat16` your layer still computes in float16. Whose name should stand after `dtype=`?",
    'policy, "float32"',
    '"mixed_float16", "float32"',
    when=built(lambda seen, policy: seen["compute"] == ["float16", "float32"] and policy != "mixed_float16"),
)

build_mixed.slip(
    "no-softmax",
    "The ten outputs are scores, not shares. Which activation belongs to the last layer?",
    'activation="softmax", ',
    "",
    when=built(
        lambda seen, _: (
            "probabilities" in seen and not np.allclose(np.sum(seen["probabilities"], axis=-1), 1, atol=1e-2)
        )
    ),
)

build_mixed.slip(
    "compiled",
    "The model is right, and it comes compiled. Does the exercise ask for that? Who trains it chooses optimizer and loss.",
    "    return model\n",
    '    model.compile("adam", "sparse_categorical_crossentropy")\n    return model\n',
    of="layer by layer, the softmax on its own",
    when=built(lambda seen, _: seen["compiled"]),
)

build_mixed.slip(
    "no-relu",
    "The hidden layer does not bend: between its product and the next one nothing happens. Which activation is asked for?",
    'activation="relu", ',
    "",
    when=built(
        lambda seen, _: (
            "probabilities" in seen
            and np.allclose(forward(seen["weights"], PROBE, hidden=nn.linear), seen["probabilities"], atol=0.02)
        )
    ),
)

build_mixed.slip(
    "with-dropout",
    "A layer of your model drops numbers while it is trained. Which of your layers is not in the list of the exercise?",
    '        keras.layers.Dense(10, activation="softmax", dtype=output),\n',
    '        keras.layers.Dropout(0.2),\n        keras.layers.Dense(10, activation="softmax", dtype=output),\n',
    when=built(
        lambda seen, _: "training" in seen and not np.allclose(seen["probabilities"], seen["training"], atol=1e-3)
    ),
)

build_mixed.slip(
    "frozen",
    "Training would not move all of your weights: a layer is frozen. Which argument forbids it to learn?",
    'activation="relu", ',
    'activation="relu", trainable=False, ',
    when=built(lambda seen, _: any(seen["frozen"])),
)


@build_mixed.mistake(
    "one-model-for-all",
    "The first call and the second give the same model, so what one training does to it the next one finds. "
    "Where must the model be made, so that each call has its own?",
    when=built(lambda seen, _: "another" in seen and not any(map(np.any, seen["another"]))),
)
def _(policy, made={}):  # noqa: B006 — the mistake itself
    if policy not in made:
        made[policy] = keras.Sequential([
            keras.Input((28, 28)),
            keras.layers.Flatten(dtype=policy),
            keras.layers.Dense(128, activation="relu", dtype=policy),
            keras.layers.Dense(10, activation="softmax", dtype="float32"),
        ])
    return made[policy]


for kind, out in (("policy", "'float32'"), ("hidden", "output")):
    flat, dense, last = (
        f"keras.layers.Flatten(dtype={kind})",
        f"keras.layers.Dense(128, activation='relu', dtype={kind})",
        f"keras.layers.Dense(10, activation='softmax', dtype={out})",
    )
    build_mixed.equivalent(
        f"[keras.Input((28, 28)), {flat}, {dense}, {last}]",
        f"[keras.Input((28, 28)), {flat}, {flat}, {dense}, {last}]",
        why="what is flat stays as it is when it is flattened again",
    )
build_mixed.equivalent("keras.mixed_precision.DTypePolicy(policy)", "policy", why="Keras takes the name as well")
