"""Have TensorFlow record a neuron and give back its gradients."""

from __future__ import annotations

import numpy as np

from course_utils.environment import Lazy
from course_utils.exercises import FunctionExercise, edge, random, small

tf = Lazy("tensorflow")


def neuron_gradients(x, w, b, target):
    """dw and db of (tanh(w · x + b) - target)², by hand."""
    return bent(w @ x + b, x, target)


def like(wrong):
    """Recognises an answer that gives what `wrong(x, w, b, target)` does, None included."""

    def test(seen, *case):
        pairs = list(zip(seen, wrong(*case), strict=True))
        return all((mine is None) == (other is None) for mine, other in pairs) and all(
            np.shape(mine) == np.shape(other) and np.allclose(mine, other, rtol=1e-4, atol=1e-6)
            for mine, other in pairs
            if other is not None
        )

    return test


def bent(total, x, target):
    """dw and db, from the total that goes into the tanh."""
    h = np.tanh(total)
    dz = 2 * (h - target) * (1 - h**2)
    return dz * x, dz


def only(place):
    """The two gradients by hand, of which one is None."""
    return lambda *case: [g if k == place else None for k, g in enumerate(neuron_gradients(*case))]


def for_each_input(x, w, b, target):
    dz = bent(w * x + b, 1.0, target)[0]
    return dz * x, dz.sum()


def of_the_output(x, w, b, target):
    slope = 1 - np.tanh(w @ x + b) ** 2
    return slope * x, slope


tape_gradients = FunctionExercise(
    "tape-gradients", reference=neuron_gradients, points=2, rounds=1, title="The same with GradientTape"
)


@tape_gradients.given
def _():
    return {"tf": tf}


def _any(rng, inputs):
    size = rng.uniform(0.2, 0.9, (2, inputs)) * rng.choice([-1, 1], (2, inputs))
    return *size, np.float64(rng.uniform(0.1, 0.5)), np.float64(rng.choice([-1.0, 1.0]))


@tape_gradients.cases
def _(rng):
    yield small("the neuron of the text", np.array([2.0, 1.0]), np.array([0.5, -1.0]), np.float64(0.0), np.float64(1.0))
    yield random("three inputs", *_any(rng, 3))
    yield random("five inputs", *_any(rng, 5))
    yield edge("a single input", *_any(rng, 1))
    yield edge("large inputs", np.array([12.0, -7.0]), np.array([0.05, 0.02]), np.float64(0.1), np.float64(-1.0))
    yield edge("an input of 0", np.array([0.0, 1.5]), *_any(rng, 2)[1:])


@tape_gradients.variant("constants, watched")
def _(x, w, b, target):
    w, b = tf.constant(w), tf.constant(b)
    with tf.GradientTape() as tape:
        tape.watch([w, b])
        h = tf.tanh(tf.reduce_sum(w * x) + b)
        loss = (h - target) ** 2
    return tape.gradient(loss, [w, b])


@tape_gradients.variant("variables, which are watched by themselves")
def _(x, w, b, target):
    w, b = tf.Variable(w), tf.Variable(b)
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.square(tf.math.tanh(tf.tensordot(w, x, 1) + b) - target)
    return tape.gradient(loss, w), tape.gradient(loss, b)


@tape_gradients.variant("in float32")
def _(x, w, b, target):
    w, b = tf.Variable(w, dtype="float32"), tf.Variable(b, dtype="float32")
    with tf.GradientTape() as tape:
        error = tf.tanh(tf.reduce_sum(w * tf.cast(x, "float32")) + b) - tf.cast(target, "float32")
        loss = error * error
    dw, db = tape.gradient(loss, (w, b))
    return [dw.numpy(), db.numpy()]


tape_gradients.slip(
    "nothing-recorded",
    "Both gradients are None: the tape has no record that leads from your loss back to w and b. Is it told to watch them, before they are used, and is everything computed within the `with`, by TensorFlow?",
    "        tape.watch([w, b])\n",
    "",
    when=like(lambda *case: (None, None)),
)

tape_gradients.slip(
    "bias-forgotten",
    "The bias is not in your neuron, so nothing comes back to it.",
    "tf.reduce_sum(w * x) + b",
    "tf.reduce_sum(w * x)",
    when=like(lambda x, w, b, target: (bent(w @ x, x, target)[0], None)),
)

tape_gradients.slip(
    "bias-not-watched",
    "The gradient of w is right, and that of b is None. Does the tape watch b too?",
    "tape.watch([w, b])",
    "tape.watch(w)",
    when=like(only(0)),
)

tape_gradients.slip(
    "weights-not-watched",
    "The gradient of b is right, and that of w is None. Does the tape watch w too?",
    "tape.watch([w, b])",
    "tape.watch(b)",
    when=like(only(1)),
)

tape_gradients.slip(
    "of-the-output",
    "These are the slopes of the *output* h, or of its distance from the target. The loss is the square of that distance.",
    "tape.gradient(loss,",
    "tape.gradient(h,",
    when=like(of_the_output),
)

tape_gradients.slip(
    "no-tanh",
    "These are the gradients of a neuron that does not bend: where is the tanh?",
    "tf.tanh(tf.reduce_sum(w * x) + b)",
    "tf.reduce_sum(w * x) + b",
    when=like(lambda x, w, b, target: (2 * (w @ x + b - target) * x, 2 * (w @ x + b - target))),
)

tape_gradients.slip(
    "target-forgotten",
    "Your loss is the square of the output. From what should the output be measured?",
    "(h - target) ** 2",
    "h**2",
    when=like(lambda x, w, b, target: neuron_gradients(x, w, b, 0.0)),
)

tape_gradients.slip(
    "not-summed",
    "Each input has a tanh of its own. A neuron adds up its products *before* it bends the sum.",
    "tf.reduce_sum(w * x)",
    "w * x",
    when=like(for_each_input),
)

tape_gradients.slip(
    "mean-for-sum",
    "You take the mean of the products. A neuron takes their sum.",
    "tf.reduce_sum(w * x)",
    "tf.reduce_mean(w * x)",
    when=like(lambda x, w, b, target: bent(np.mean(w * x) + b, x / len(x), target)),
)


@tape_gradients.mistake(
    "loss-and-gradients",
    "Three things come back. Only the two gradients are wanted: that of w, then that of b.",
    when=lambda seen, *case: len(seen) == 3,
)
def _(x, w, b, target):
    w, b = tf.Variable(w), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = (tf.tanh(tf.reduce_sum(w * x) + b) - target) ** 2
    return (loss, *tape.gradient(loss, [w, b]))


@tape_gradients.mistake(
    "in-the-other-order",
    "The two gradients come in the other order: first that of w, then that of b.",
    when=like(lambda *case: neuron_gradients(*case)[::-1]),
)
def _(x, w, b, target):
    w, b = tf.Variable(w), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = (tf.tanh(tf.reduce_sum(w * x) + b) - target) ** 2
    return tape.gradient(loss, [b, w])


tape_gradients.equivalent("w @ x", "x @ w", why="the same sum of products")
tape_gradients.equivalent("the result", "transposed", why="one axis, turned round, is the same axis")
for wrong in ("[w, w, b]", "[w, b, b]", "[b, w]"):
    tape_gradients.equivalent("[w, b]", wrong, why="a tape watches in any order, and twice is as good as once")
tape_gradients.equivalent("h - target", "target - h", why="its square is the same")
tape_gradients.equivalent(
    "tf.math.tanh(tf.tensordot(w, x, 1) + b) - target",
    "target - tf.math.tanh(tf.tensordot(w, x, 1) + b)",
    why="its square is the same",
)
tape_gradients.equivalent(
    "tf.tanh(tf.reduce_sum(w * tf.cast(x, 'float32')) + b) - tf.cast(target, 'float32')",
    "tf.cast(target, 'float32') - tf.tanh(tf.reduce_sum(w * tf.cast(x, 'float32')) + b)",
    why="its square is the same",
)
