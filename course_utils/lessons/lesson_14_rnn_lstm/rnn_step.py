"""One step of a simple RNN: the new memory from a word and the old memory."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import recurrent_weights

rnn_step = FunctionExercise("rnn-step", reference=nn.simple_rnn_step, points=2, title="One step with memory")


@rnn_step.cases
def _(rng):
    yield small(
        "x = (1, 2), memory (0.5, -0.5)",
        np.array([[1.0, 2.0]]),
        np.array([[0.5, -0.5]]),
        np.array([[0.5, -0.2], [0.1, 0.4]]),
        np.array([[0.6, 1.0], [-0.4, 0.2]]),
        np.array([0.1, -0.3]),
    )
    yield random(
        "three sequences side by side", rng.normal(size=(3, 4)), rng.normal(size=(3, 2)), *recurrent_weights(rng, 4, 2)
    )
    yield edge("an empty memory", rng.normal(size=(2, 3)), np.zeros((2, 5)), *recurrent_weights(rng, 3, 5))
    yield edge(
        "one sequence, one number", rng.normal(size=(1, 1)), rng.normal(size=(1, 1)), *recurrent_weights(rng, 1, 1)
    )
    yield edge(
        "as many numbers a word as memories", *(rng.normal(size=(4, 3)) for _ in "xh"), *recurrent_weights(rng, 3, 3)
    )
    yield edge("a large sum", np.full((1, 2), 50.0), np.ones((1, 2)), *recurrent_weights(rng, 2, 2))


@rnn_step.variant("the formula")
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(x @ kernel + h @ recurrent_kernel + bias)


@rnn_step.variant("one product of word and memory side by side")
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(np.concatenate([x, h], axis=1) @ np.concatenate([kernel, recurrent_kernel]) + bias)


@rnn_step.variant("np.dot, piece by piece")
def _(x, h, kernel, recurrent_kernel, bias):
    total = np.dot(x, kernel)
    total = total + np.dot(h, recurrent_kernel)
    return np.tanh(total + bias)


rnn_step.slip(
    "no-memory",
    "The new memory depends on the word only. Where does the old memory h come in?",
    " + h @ recurrent_kernel",
    "",
)

rnn_step.slip(
    "no-tanh",
    "The sum is right, but it may grow from step to step without a limit. What keeps it between -1 and 1?",
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "x @ kernel + h @ recurrent_kernel + bias",
)

rnn_step.slip(
    "sigmoid",
    "All your memories are positive. Which bend from lesson 02 runs from -1 to 1?",
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "1 / (1 + np.exp(-(x @ kernel + h @ recurrent_kernel + bias)))",
)

rnn_step.slip(
    "no-bias",
    "The two products are right. What else does every neuron own?",
    " + bias",
    "",
)

rnn_step.slip(
    "bent-apart",
    (
        "You bend the word and the memory one by one and add afterwards. In the formula, does tanh stand "
        "around each term or around the sum?"
    ),
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "np.tanh(x @ kernel + bias) + np.tanh(h @ recurrent_kernel)",
)

rnn_step.slip(
    "kernels-swapped",
    (
        "`kernel` has a row for every number of the word, `recurrent_kernel` a row for every number of the "
        "memory. Which is multiplied with which?"
    ),
    "x @ kernel + h @ recurrent_kernel",
    "x @ recurrent_kernel + h @ kernel",
)

rnn_step.slip(
    "memory-added",
    "You add h as it is. Which weights decide how the old memory counts?",
    "h @ recurrent_kernel",
    "h",
)

rnn_step.slip(
    "place-by-place",
    (
        "`*` multiplies place by place. Each number of the new memory is a sum over all numbers of the word: which "
        "sign multiplies rows with columns?"
    ),
    "x @ kernel + h @ recurrent_kernel",
    "x * kernel + h * recurrent_kernel",
)

rnn_step.slip(
    "relu",
    "Your memory cuts off everything below 0 and has no limit above. Which bend is in the formula?",
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "np.maximum(0, x @ kernel + h @ recurrent_kernel + bias)",
)

rnn_step.slip(
    "no-word",
    "The new memory depends on the old one only. Where does the word x come in?",
    "x @ kernel + h @ recurrent_kernel",
    "h @ recurrent_kernel",
)

rnn_step.slip(
    "old-memory-kept",
    "You add the new memory to the old one. In the formula the old one counts only inside tanh.",
    "return np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "return h + np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
)

rnn_step.slip(
    "bias-outside",
    "The bias belongs to the sum. Where does the bracket of tanh end?",
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "np.tanh(x @ kernel + h @ recurrent_kernel) + bias",
)

rnn_step.slip(
    "recurrent-kernel-turned-over",
    "The word counts rightly. `recurrent_kernel` is turned over: what stands behind `h @`?",
    "h @ recurrent_kernel",
    "h @ recurrent_kernel.T",
)

rnn_step.slip(
    "kernels-in-the-other-order",
    "Word and memory stand side by side in one order, their weights one below the other in another. Which of the kernels has the rows for x?",
    "np.concatenate([kernel, recurrent_kernel])",
    "np.concatenate([recurrent_kernel, kernel])",
    of="one product of word and memory side by side",
)

rnn_step.slip(
    "memory-before-the-word",
    "Word and memory stand side by side in one order, their weights one below the other in another. Which comes first in both?",
    "[x, h]",
    "[h, x]",
    of="one product of word and memory side by side",
)

rnn_step.slip(
    "memory-place-by-place",
    "`*` multiplies place by place. Each number of the new memory is a sum over all numbers of the old one: which sign multiplies rows with columns?",
    "h @ recurrent_kernel",
    "h * recurrent_kernel",
)

rnn_step.slip(
    "weights-on-the-left",
    "Your two factors do not fit. In the text each row of x is a sequence, and the formula says x W. What stands on the left in yours, and is anything turned over?",
    "x @ kernel + h @ recurrent_kernel",
    "kernel @ x + recurrent_kernel @ h",
)

rnn_step.slip(
    "memory-outside",
    "You add what comes from the memory after the bend, so nothing keeps it between -1 and 1. Where does the bracket of tanh end?",
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "np.tanh(x @ kernel + bias) + h @ recurrent_kernel",
)

rnn_step.slip(
    "word-alone-bent",
    "Only the word goes through tanh. In the formula, does tanh stand around a term or around the sum?",
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "np.tanh(x @ kernel) + h @ recurrent_kernel + bias",
)

rnn_step.slip(
    "one-kernel-for-both",
    "You multiply word and memory with the same kernel. Which weights are there for the old memory?",
    "h @ recurrent_kernel",
    "h @ kernel",
)

rnn_step.slip(
    "kernel-turned-over",
    "The memory counts rightly. `kernel` is turned over: what stands behind `x @`?",
    "x @ kernel",
    "x @ kernel.T",
)

rnn_step.slip(
    "bias-twice",
    "The bias is in your sum twice. How often does it stand in the formula?",
    "x @ kernel + h",
    "x @ kernel + bias + h",
)

rnn_step.slip(
    "bent-twice",
    "Your sum goes through tanh twice. How often does tanh stand in the formula?",
    "np.tanh(x @ kernel + h @ recurrent_kernel + bias)",
    "np.tanh(np.tanh(x @ kernel + h @ recurrent_kernel + bias))",
)

rnn_step.slip(
    "tan",
    "`np.tan` is the tangent, which has no bounds. Which function keeps a number between -1 and 1?",
    "np.tanh",
    "np.tan",
)

rnn_step.slip(
    "multiplied",
    "You multiply what comes from the word with what comes from the memory. What does the formula do with the two?",
    "x @ kernel + h @ recurrent_kernel",
    "(x @ kernel) * (h @ recurrent_kernel)",
)
