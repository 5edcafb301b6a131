"""Build a transformer block: attention and two dense layers, each after a norm and with a shortcut."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, random, small

from .block_judging import (
    attention_shapes,
    bare_shapes,
    behaves,
    block_shapes,
    matches,
    norm_shapes,
    normed_afterwards,
    norms_bare,
    one_norm_shapes,
    problem_of,
    right_but,
    shaped,
    use,
    without_norms,
)


def block(size, heads, hidden, causal):
    """x + MultiHeadAttention(norm(x)), then x + Dense(Dense(norm(x))); rows of `size` numbers in and out."""
    x = inputs = keras.Input((None, size))
    normed = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.MultiHeadAttention(heads, size // heads)(normed, normed, use_causal_mask=causal)
    normed = keras.layers.LayerNormalization()(x)
    x = x + keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(normed))
    return keras.Model(inputs, x)


build_block = FunctionExercise("build-block", reference=block, points=4, rounds=1, title="A transformer block")


@build_block.given
def _():
    return {"keras": keras}


@build_block.cases
def _(rng):
    yield small(
        "every word may look everywhere: size 6, two heads, hidden 4",
        rng.normal(size=(2, 3, 6)).astype(np.float32),
        (6, 2, 4, False),
    )
    yield random("causal: size 8, four heads, hidden 5", rng.normal(size=(3, 4, 8)).astype(np.float32), (8, 4, 5, True))


build_block.drive(use)
build_block.accept(problem_of)


build_block.variant("layer after layer")(block)


@build_block.variant("two halves alike")
def _(size, heads, hidden, causal):
    def attend(x):
        return keras.layers.MultiHeadAttention(heads, size // heads)(x, x, use_causal_mask=causal)

    def think(x):
        return keras.layers.Dense(size)(keras.layers.Dense(hidden, activation="relu")(x))

    def half(x, work):
        norm = keras.layers.LayerNormalization()
        return x + work(norm(x))

    inputs = keras.Input((None, size))
    return keras.Model(inputs, half(half(inputs, attend), think))


@build_block.variant("Add layers, the dense half as a Sequential, a smaller epsilon")
def _(size, heads, hidden, causal):
    inputs = keras.Input((None, size))
    a = keras.layers.LayerNormalization(epsilon=1e-6)(inputs)
    attention = keras.layers.MultiHeadAttention(num_heads=heads, key_dim=size // heads)
    x = keras.layers.Add()([inputs, attention(query=a, value=a, key=a, use_causal_mask=causal)])
    a = keras.layers.LayerNormalization(epsilon=1e-6)(x)
    dense = keras.Sequential([keras.layers.Dense(hidden), keras.layers.ReLU(), keras.layers.Dense(size)])
    return keras.Model(inputs, keras.layers.Add()([x, dense(a)]))


@build_block.variant("a class that makes its layers in another order")
def _(size, heads, hidden, causal):
    class Block(keras.Model):
        def __init__(self):
            super().__init__()
            self.back = keras.layers.Dense(size)
            self.attention = keras.layers.MultiHeadAttention(heads, size // heads)
            self.widen = keras.layers.Dense(hidden, activation=keras.activations.relu)
            self.norm2 = keras.layers.LayerNormalization()
            self.norm1 = keras.layers.LayerNormalization()

        def call(self, x):
            a = self.norm1(x)
            x = x + self.attention(a, a, a, use_causal_mask=causal)
            return x + self.back(self.widen(self.norm2(x)))

    return Block()


build_block.slip(
    "no-return",
    "build_block returned nothing. The model must leave the function: which line is missing at its end?",
    "return keras.Model(inputs, x)",
    "keras.Model(inputs, x)",
    when=lambda seen, *_: seen == "None",
)

build_block.slip(
    "causal-ignored",
    (
        "With causal=True a word still sees what follows. Which option of the attention's call hides the future, "
        "and where does `causal` stand in your code?"
    ),
    ", use_causal_mask=causal",
    "",
    when=behaves(causal=False),
)

build_block.slip(
    "always-causal",
    "Your block hides the future even with causal=False. What should decide about it?",
    "use_causal_mask=causal",
    "use_causal_mask=True",
    when=behaves(causal=True),
)

build_block.slip(
    "no-shortcuts",
    "Neither half adds to what came in: both replace it. Where is the `x +` (lesson 15)?",
    "x + work(norm(x))",
    "work(norm(x))",
    of="two halves alike",
    when=behaves(first=False, second=False),
)

build_block.slip(
    "no-first-shortcut",
    "The attention replaces x instead of adding to it. Look at the first half of the drawing: what joins its arrow?",
    "x + keras.layers.MultiHeadAttention",
    "keras.layers.MultiHeadAttention",
    when=behaves(first=False),
)

build_block.slip(
    "no-second-shortcut",
    "The first half adds to x, the second replaces it. Compare the two halves of the drawing.",
    "x + keras.layers.Dense",
    "keras.layers.Dense",
    when=behaves(second=False),
)

build_block.slip(
    "no-bend",
    (
        "The two dense layers have no bend between them, so they do no more than one (lesson 02). "
        "Which of them gets the ReLU?"
    ),
    ', activation="relu"',
    "",
    when=behaves(bend=nn.linear),
)

build_block.slip(
    "relu-at-the-end",
    "Your second dense layer has a ReLU as well, so a word can only be raised, never lowered. Which of the two gets it?",
    "keras.layers.Dense(size)",
    'keras.layers.Dense(size, activation="relu")',
    when=behaves(end=nn.relu),
)

build_block.slip(
    "shortcuts-after-the-norm",
    "Your shortcuts start behind the norm. In the drawing the line goes round it: what is added is x itself.",
    "x + work(norm(x))",
    "norm(x) + work(norm(x))",
    of="two halves alike",
    when=behaves(detour=("first", "second")),
)

for _shortcut, _rounds, _layer in (
    ("first", "attention", "MultiHeadAttention"),
    ("second", "dense layers", "Dense(size)"),
):
    build_block.slip(
        f"{_shortcut}-shortcut-after-the-norm",
        f"The shortcut round the {_rounds} starts behind the norm; the other one is right. In the drawing the line leaves "
        "*before* the norm: keep x, and give what is normalised a name of its own.",
        f"x = x + keras.layers.{_layer}",
        f"x = normed + keras.layers.{_layer}",
        when=behaves(detour=(_shortcut,)),
    )

build_block.slip(
    "one-norm",
    (
        "There is only one norm. Each half has a norm of its own, with its own numbers: did you leave one out, or use the same "
        "layer twice?"
    ),
    "def half(x, work):\n        norm = keras.layers.LayerNormalization()",
    "norm = keras.layers.LayerNormalization()\n\n    def half(x, work):",
    of="two halves alike",
    when=shaped(one_norm_shapes),
)

build_block.slip(
    "heads-of-full-size",
    (
        "Each of your heads works with `size` numbers. The heads share them: what does the text say about "
        "the numbers of a head?"
    ),
    "size // heads",
    "size",
    when=shaped(lambda size, heads, hidden: block_shapes(size, heads, hidden, key=size)),
)

build_block.slip(
    "no-norms",
    "Attention and dense layers are there, but nothing is normalised. Which layer stands before each of the two halves?",
    "x + work(norm(x))",
    "x + work(x)",
    of="two halves alike",
    when=behaves(forward=without_norms, wanted=bare_shapes),
)

build_block.slip(
    "norms-without-numbers",
    "Your norms, or one of them, have no scale or no shift to learn. The text makes them with `keras.layers.LayerNormalization()`, without options.",
    "norm = keras.layers.LayerNormalization()",
    "norm = keras.layers.LayerNormalization(center=False, scale=False)",
    of="two halves alike",
    when=norms_bare,
)

build_block.slip(
    "norm-afterwards",
    (
        "You normalise after each addition, as the first transformer did. That works too, but here the norm comes "
        "first, so that the shortcut stays free. Follow the arrows of the drawing."
    ),
    "x + work(norm(x))",
    "norm(x + work(x))",
    of="two halves alike",
    when=behaves(forward=normed_afterwards),
)

build_block.slip(
    "no-dense-half",
    "The attention half is there. What happens to each word by itself afterwards?",
    "half(half(inputs, attend), think)",
    "half(inputs, attend)",
    of="two halves alike",
    when=shaped(lambda size, heads, hidden: norm_shapes(size) + attention_shapes(size, heads)),
)

build_block.slip(
    "dropout",
    "In training your outputs are others than in use: something is dropped, or noise is added. Does the drawing say so?",
    "size // heads)",
    "size // heads, dropout=0.5)",
    when=right_but(lambda seen: not matches(seen["outputs"], seen["training"])),
)

build_block.slip(
    "frozen",
    "The outputs are right, but the block can learn nothing, or only in part. What does `trainable = False` do (lesson 18)?",
    "return keras.Model(inputs, x)",
    "model = keras.Model(inputs, x)\n    model.trainable = False\n    return model",
    when=right_but(lambda seen: seen["trainable"] < len(seen["weights"])),
)

build_block.equivalent("[inputs, attention(query=a, value=a, key=a, use_causal_mask=causal)]", why="a sum has no order")
build_block.equivalent("[x, dense(a)]", "[dense(a), x]", why="a sum has no order")
build_block.equivalent(
    "attention(query=a, value=a, key=a, use_causal_mask=causal)", why="without a key Keras takes the value"
)
build_block.equivalent("self.attention(a, a, a, use_causal_mask=causal)", why="without a key Keras takes the value")
build_block.equivalent(
    "[keras.layers.Dense(hidden), keras.layers.ReLU(), keras.layers.Dense(size)]",
    "[keras.layers.Dense(hidden), keras.layers.ReLU(), keras.layers.ReLU(), keras.layers.Dense(size)]",
    why="ReLU leaves what is not negative",
)

EPSILON = "keras.layers.LayerNormalization(epsilon=1e-06)"
for right, wrong in (("epsilon=1e-06", ""), (EPSILON, "keras.layers.LayerNormalization()")):
    build_block.equivalent(right, wrong, why="the text asks for no epsilon")
