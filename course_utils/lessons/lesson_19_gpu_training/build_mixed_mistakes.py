"""The mistakes of a model in mixed precision, and what may be changed without making it wrong."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises.keras_models.networks import forward

from .build_mixed import COMPUTES, IN_QUOTES, PROBE, build_mixed, built, comes_again

build_mixed.slip(
    "no-return",
    "build_mixed returned nothing. The model must leave the function: which line is missing at its end?",
    "return keras.Sequential",
    "keras.Sequential",
    when=lambda seen, *_: seen == "None",
)

build_mixed.slip(
    "policy-in-quotes",
    (
        'A layer of yours gets the word `"policy"`, and not what the variable `policy` holds. What do the quotation marks make of '
        "a name?"
    ),
    'policy, "float32"',
    '"policy", "float32"',
    when=lambda seen, *_: seen == IN_QUOTES,
)

build_mixed.slip(
    "no-input",
    "Your model has no weights before it sees its first image: nothing says how large one is. Which part of the list comes before Flatten?",
    "        keras.Input((28, 28)),\n",
    "",
    when=built(lambda seen, _: seen.get("built") is False),
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
    "dense-10-in-half",
    (
        "Only your softmax computes in float32: the Dense layer of 10 before it is still under the policy. Which of the two "
        "dense layers is to have the policy?"
    ),
    'keras.layers.Dense(10, dtype="float32")',
    "keras.layers.Dense(10, dtype=policy)",
    of="layer by layer, the softmax on its own",
    when=built(lambda seen, policy: seen["compute"] == [COMPUTES[policy]] * 2 and seen["last"] == ["float32"]),
)

build_mixed.slip(
    "output-in-half",
    (
        "The last layer computes in 16 bits too, and the loss takes the logarithm of its shares. "
        "In which type should the last layer compute?"
    ),
    'policy, "float32"',
    "policy, policy",
    when=built(
        lambda seen, policy: (
            seen["compute"] == [COMPUTES[policy]] * 2
            or (seen["compute"] == [COMPUTES[policy], "float32"] and seen["last"] != ["float32"])
        )
    ),
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
    "The ten outputs of an image do not sum to 1, so they are no shares. Which activation belongs to the last layer?",
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
            and not np.allclose(forward(seen["weights"], PROBE), seen["probabilities"], atol=0.02)
        )
    ),
)

build_mixed.slip(
    "with-dropout",
    "In training your model computes otherwise than in use: numbers are dropped, or noise is added. Which of your layers is not in the list of the exercise?",
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
    "Called twice with the same policy, your function gives the same model back, so what one training does to it the next one "
    "finds. Is it made outside the function, or kept by a cache? Each call should make one of its own.",
    when=built(lambda seen, _: "another" in seen and comes_again(seen)),
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
