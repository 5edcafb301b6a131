"""One step of an LSTM: the new short and long memory from a word and the old ones."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import recurrent_weights

lstm_step = FunctionExercise(
    "lstm-step", reference=nn.lstm_step, points=4, title="One step of an LSTM", library=(nn.LSTM,)
)


@lstm_step.cases
def _(rng):
    yield small(
        "one unit: x = 1, h = 0.5, c = 2",
        np.array([[1.0]]),
        np.array([[0.5]]),
        np.array([[2.0]]),
        np.array([[0.5, -0.5, 1.0, 0.2]]),
        np.array([[1.0, 0.4, -0.6, 2.0]]),
        np.array([0.0, 1.0, 0.1, -0.5]),
    )
    yield random(
        "three sequences, two units",
        rng.normal(size=(3, 4)),
        rng.uniform(-1, 1, (3, 2)),
        rng.normal(size=(3, 2)),
        *recurrent_weights(rng, 4, 2, 4),
    )

    def gates(i, f, o):
        """Weights with which the gates of two units are as far open as these sums say, whatever comes in."""
        kernel, recurrent_kernel, _ = recurrent_weights(rng, 3, 2, 4)
        return kernel / 10, recurrent_kernel / 10, np.repeat([i, f, 0.5, o], 2)

    x, h = rng.normal(size=(2, 3)), rng.uniform(-1, 1, (2, 2))
    yield edge("write shut, keep open: the long memory stays", x, h, 30 * rng.normal(size=(2, 2)), *gates(-60, 60, 60))
    yield edge("keep shut, write open", x, h, rng.normal(size=(2, 2)), *gates(60, -60, 60))
    yield edge("one sequence, one number", *(rng.normal(size=(1, 1)) for _ in "xhc"), *recurrent_weights(rng, 1, 1, 4))
    yield edge(
        "empty memories", rng.normal(size=(2, 3)), np.zeros((2, 3)), np.zeros((2, 3)), *recurrent_weights(rng, 3, 3, 4)
    )


@lstm_step.variant("the formulas")
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@lstm_step.variant("a slice for each gate")
def _(x, h, c, kernel, recurrent_kernel, bias):
    units = h.shape[1]
    z = x @ kernel + h @ recurrent_kernel + bias
    gate = 0.5 * (1 + np.tanh(0.5 * z))
    new = gate[:, units : 2 * units] * c + gate[:, :units] * np.tanh(z[:, 2 * units : 3 * units])
    return gate[:, 3 * units :] * np.tanh(new), new


@lstm_step.variant("the kernels split first")
def _(x, h, c, kernel, recurrent_kernel, bias):
    parts = zip(np.split(kernel, 4, 1), np.split(recurrent_kernel, 4, 1), np.split(bias, 4), strict=True)
    i, f, g, o = [x @ k + h @ r + b for k, r, b in parts]
    i, f, o = [1 / (1 + np.exp(-z)) for z in (i, f, o)]
    new = f * c + i * np.tanh(g)
    return [o * np.tanh(new), new]


lstm_step.slip(
    "output-before-candidate",
    "Your last two quarters are exchanged. In Keras's order the candidate g comes before the output gate o.",
    "i, f, g, o =",
    "i, f, o, g =",
)

lstm_step.slip(
    "forget-before-input",
    "Your first two quarters are exchanged. Which gate does Keras put first: write (i) or keep (f)?",
    "i, f, g, o =",
    "f, i, g, o =",
)

lstm_step.slip(
    "candidate-sigmoid",
    (
        "Your candidate is always positive, so writing can only raise the long memory, never lower it. Is g a gate, "
        "or what goes through the gate?"
    ),
    "np.tanh(g)",
    "(1 / (1 + np.exp(-g)))",
)

lstm_step.slip(
    "candidate-not-bent",
    (
        "Gates and order are right. The candidate may be as large as it likes: which bend keeps what is written between "
        "-1 and 1?"
    ),
    "np.tanh(g)",
    "g",
)

lstm_step.slip(
    "no-bias",
    "The two products are right. What else does every one of the 4F sums own?",
    " + bias",
    "",
)

lstm_step.slip(
    "no-short-memory",
    "Your sums come from the word only. Where does the old short memory h come in?",
    "h @ recurrent_kernel + ",
    "",
)

lstm_step.slip(
    "gates-tanh",
    "A gate is a share: 0 is shut, 1 is open. Yours can be negative. Which bend runs from 0 to 1?",
    "1 / (1 + np.exp(-z))",
    "np.tanh(z)",
)

lstm_step.slip(
    "never-forgets",
    "The long memory is kept whole. Which gate decides how much of it stays?",
    "f * c",
    "c",
)

lstm_step.slip(
    "cell-not-bent",
    "The long memory is right. Before it is shown, it has to be brought between -1 and 1. How?",
    "np.tanh(c)",
    "c",
)

lstm_step.slip(
    "shows-old-cell",
    "Your short memory shows the long memory from *before* this word. Which of c and c_new does the output gate show?",
    "np.tanh(new)",
    "np.tanh(c)",
    of="a slice for each gate",
)

lstm_step.slip(
    "keeps-short-memory",
    "The keep gate works on the wrong memory. Which of the two, h or c, is carried on from step to step by it?",
    "f * c",
    "f * h",
)

lstm_step.slip(
    "pair-swapped",
    "Both memories are right, but they come in the wrong order. Which one does the text want first?",
    "o * np.tanh(c), c",
    "c, o * np.tanh(c)",
)

lstm_step.slip(
    "output-not-a-gate",
    "The long memory is right. o is a share, from shut to open: which bend do the other two gates go through?",
    "i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))",
    "i, f = (1 / (1 + np.exp(-z)) for z in (i, f))",
)

lstm_step.slip(
    "writes-all",
    "The candidate is written whole. Which gate decides how much of it goes in?",
    "i * np.tanh(g)",
    "np.tanh(g)",
)

lstm_step.slip(
    "shows-all",
    "The long memory is right, and all of it is shown. Which gate decides how much?",
    "return o * np.tanh(c), c",
    "return np.tanh(c), c",
)

lstm_step.slip(
    "writes-what-is-not-kept",
    "You write 1 − f of the candidate. An LSTM has a gate of its own for that: which?",
    "i * np.tanh(g)",
    "(1 - f) * np.tanh(g)",
)

lstm_step.slip(
    "no-word",
    "Your sums come from the short memory only. Where does the word x come in?",
    "x @ kernel + h",
    "h",
)

lstm_step.slip(
    "long-memory-bounded",
    "The short memory is right. The long memory should come back as it is: you put it through tanh as well.",
    "return o * np.tanh(c), c",
    "return o * np.tanh(c), np.tanh(c)",
)

for _order, _known in (
    ("i, g, f, o", "the write gate, the candidate, the keep gate, as TensorFlow 1 did"),
    ("f, i, o, g", "the keep gate, the write gate, the show gate"),
    ("i, o, f, g", "the write gate, the show gate, the keep gate"),
    ("o, f, i, g", "the show gate, the keep gate, the write gate"),
):
    lstm_step.slip(
        f"order-{_order.replace(', ', '')}",
        f"Your four parts begin with {_known}. Which order has the formula?",
        "i, f, g, o =",
        f"{_order} =",
    )

lstm_step.slip(
    "one-added-to-the-keep-gate",
    "You add 1 to the sum of the keep gate. Where does the 1 stand that a new LSTM begins with: in the step, or in its bias?",
    "in (i, f, o)",
    "in (i, f + 1, o)",
)

lstm_step.slip(
    "all-through-tanh-first",
    "All four sums went through tanh before you cut them apart. Which parts should meet the sigmoid as they are?",
    "np.split(x @ kernel + h @ recurrent_kernel + bias, 4",
    "np.split(np.tanh(x @ kernel + h @ recurrent_kernel + bias), 4",
)

lstm_step.slip(
    "hard-sigmoid",
    "Your gates are straight lines that are cut off at 0 and 1. Which smooth curve does σ stand for?",
    "1 / (1 + np.exp(-z))",
    "np.clip(0.2 * z + 0.5, 0, 1)",
)

lstm_step.slip(
    "hard-sigmoid-of-six",
    "Your gates are straight lines between -3 and 3, cut off at 0 and 1. Which smooth curve does σ stand for?",
    "1 / (1 + np.exp(-z))",
    "np.clip(z / 6 + 0.5, 0, 1)",
)

lstm_step.slip(
    "candidate-bent-twice",
    "Your candidate goes through sigmoid and then through tanh. Which of the two bends is its own?",
    "np.tanh(g)",
    "np.tanh(1 / (1 + np.exp(-g)))",
)

lstm_step.slip(
    "long-memory-through-sigmoid",
    "The long memory is right. You show it through a sigmoid, so it is never negative: which bend does the formula have there?",
    "np.tanh(c)",
    "1 / (1 + np.exp(-c))",
)

lstm_step.slip(
    "every-fourth-number",
    "You take every fourth number for a gate. In Keras's order each gate has its numbers side by side: where does z_f begin if F = 2?",
    "np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)",
    "np.moveaxis((x @ kernel + h @ recurrent_kernel + bias).reshape(len(x), -1, 4), -1, 0)",
)

lstm_step.slip(
    "short-memory-only",
    "You return the short memory. The next step needs the long one too: the text asks for the pair `h_new, c_new`.",
    "return o * np.tanh(c), c",
    "return o * np.tanh(c)",
)

lstm_step.slip(
    "write-gate-not-bent",
    "Your write gate is the bare sum. i is a share, from shut to open: which bend do the other two gates go through?",
    "i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))",
    "f, o = (1 / (1 + np.exp(-z)) for z in (f, o))",
)

lstm_step.slip(
    "keep-gate-not-bent",
    "Your keep gate is the bare sum. f is a share, from shut to open: which bend do the other two gates go through?",
    "i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))",
    "i, o = (1 / (1 + np.exp(-z)) for z in (i, o))",
)

lstm_step.slip(
    "no-gate-bent",
    "All three gates are bare sums. A gate is a share, from shut to open: which bend runs from 0 to 1?",
    "i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))",
    "i, f, o = i, f, o",
)

lstm_step.equivalent("axis=-1", "axis=1", why="the sums are a table, so the last axis is axis 1")
lstm_step.equivalent("h.shape[1]", "c.shape[1]", why="both are F")
