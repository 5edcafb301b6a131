"""Read sequences word by word and collect the memory after every step."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .common import recurrent_weights


def all_memories(x, kernel, recurrent_kernel, bias):
    """The memory after every step, (N, T, F), starting from zeros."""
    h, seen = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = nn.simple_rnn_step(x[:, t], h, kernel, recurrent_kernel, bias)
        seen.append(h)
    return np.stack(seen, axis=1)


read_sequence = FunctionExercise(
    "read-sequence", reference=all_memories, points=3, title="Read a sequence", library=(nn.SimpleRNN,)
)


@read_sequence.cases
def _(rng):
    yield small(
        "one sequence of three numbers: 1, 0, 0",
        np.array([[[1.0], [0.0], [0.0]]]),
        np.array([[1.0]]),
        np.array([[0.5]]),
        np.array([0.25]),
    )
    yield random("two sequences of four words", rng.normal(size=(2, 4, 3)), *recurrent_weights(rng, 3, 5))
    yield edge("a sentence of thirty words", rng.normal(size=(1, 30, 2)), *recurrent_weights(rng, 2, 3))
    yield edge("words that are whole numbers", rng.integers(-1, 2, (2, 4, 3)), *recurrent_weights(rng, 3, 2))
    yield edge("three sequences of a single word", rng.normal(size=(3, 1, 2)), *recurrent_weights(rng, 2, 4))


@read_sequence.variant("collected in a list, then stacked")
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return np.stack(seen, axis=1)


@read_sequence.variant("filled into an array")
def _(x, kernel, recurrent_kernel, bias):
    memories = np.zeros((x.shape[0], x.shape[1] + 1, kernel.shape[1]))
    for t in range(x.shape[1]):
        memories[:, t + 1] = np.tanh(x[:, t] @ kernel + memories[:, t] @ recurrent_kernel + bias)
    return memories[:, 1:]


@read_sequence.variant("steps first, then turned")
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros((len(x), len(bias))), []
    for step in x.swapaxes(0, 1):
        h = np.tanh(step @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return np.array(seen).transpose(1, 0, 2)


read_sequence.slip(
    "memory-reset",
    "Every step starts from zeros again, so nothing is remembered. What becomes of h from one turn of the loop to the next?",
    "seen.append(h)",
    "seen.append(h)\n        h = np.zeros((len(x), len(bias)))",
)

read_sequence.slip(
    "last-only",
    "That is the memory after the last word. Here the memory after *every* word is wanted: where do you collect them?",
    "np.stack(seen, axis=1)",
    "h",
)

read_sequence.slip(
    "steps-first",
    (
        "Your result has the steps on its first axis. np.stack takes the axis along which it puts the pieces: "
        "which place has T in (N, T, F)?"
    ),
    ", axis=1",
    "",
)

read_sequence.slip(
    "read-backwards",
    "You read the last word first. In which order do the steps come?",
    "range(x.shape[1])",
    "reversed(range(x.shape[1]))",
)

read_sequence.slip(
    "start-included",
    (
        "Your result is one step too long: it begins with the memory before the first word. "
        "When do you collect h, before or after the step?"
    ),
    "h, seen = np.zeros((len(x), len(bias))), []",
    "h = np.zeros((len(x), len(bias)))\n    seen = [h]",
)

read_sequence.slip(
    "collected-too-early",
    (
        "The first memory you collect is the empty one, and the last is missing. Which comes first in the loop: "
        "the step or the collecting?"
    ),
    "h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)\n        seen.append(h)",
    "seen.append(h)\n        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)",
)

read_sequence.slip(
    "starts-from-ones",
    'Your memory is not empty before the first word. Which number stands for "nothing remembered"?',
    "np.zeros",
    "np.ones",
)

read_sequence.slip(
    "stacked-last",
    (
        "Your steps stand on the last axis. np.stack takes the axis along which it puts the pieces: which place "
        "has T in (N, T, F), counted from 0?"
    ),
    "axis=1",
    "axis=-1",
)

read_sequence.slip(
    "not-stacked",
    "The memories are right, but they are a list. Which function makes one array of them, and along which axis?",
    "np.stack(seen, axis=1)",
    "seen",
)

read_sequence.slip(
    "cut-to-whole-numbers",
    "With whole numbers as inputs your memories lose what stands behind the point. Which kind of numbers can your array hold?",
    "np.zeros((x.shape[0], x.shape[1] + 1, kernel.shape[1]))",
    "np.zeros((x.shape[0], x.shape[1] + 1, kernel.shape[1]), dtype=x.dtype)",
    of="filled into an array",
)

read_sequence.slip(
    "first-word-again",
    "You read the first word at every step. Which words of all sequences are those of step t?",
    "x[:, t] @ kernel",
    "x[:, 0] @ kernel",
)

read_sequence.slip(
    "no-tanh",
    "Your sums are right, but nothing keeps them between −1 and 1. Which bend has the step of exercise 1?",
    "np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)",
    "x[:, t] @ kernel + h @ recurrent_kernel + bias",
)

read_sequence.slip(
    "stopped-after-one-step",
    "Your result has one step only. Does your `return` stand inside the loop, or does the loop end too soon?",
    "range(x.shape[1])",
    "range(1)",
)

read_sequence.slip(
    "last-word-forgotten",
    "The last word is never read. How often does your loop turn for three words?",
    "range(x.shape[1])",
    "range(x.shape[1] - 1)",
)

read_sequence.slip(
    "first-word-forgotten",
    "The first word is never read. At which place do the words begin?",
    "range(x.shape[1])",
    "range(1, x.shape[1])",
)

read_sequence.slip(
    "reshaped",
    "`reshape` counts the same numbers off anew, and so it mixes words and sentences. Which function moves an axis?",
    ".transpose(1, 0, 2)",
    ".reshape(len(x), x.shape[1], -1)",
    of="steps first, then turned",
)

read_sequence.slip(
    "all-axes-turned",
    "`.T` turns all three axes round. Which two have to change places, and which stays?",
    ".transpose(1, 0, 2)",
    ".T",
    of="steps first, then turned",
)

read_sequence.slip(
    "one-array-again-and-again",
    "All your memories are the last one. Does every step make a new array, or does it write into the same one again?",
    "h = np.tanh(",
    "h[:] = np.tanh(",
)

read_sequence.slip(
    "sizes-confused",
    "Your code stops wherever a word has another number of numbers than the memory. Which arrays of yours should have D in their shape, and which F?",
    "np.zeros((len(x), len(bias)))",
    "np.zeros((len(x), len(kernel)))",
)

read_sequence.slip(
    "a-turn-for-each-sequence",
    "Your loop turns once for each sequence. Along which axis do the words stand?",
    "range(x.shape[1])",
    "range(len(x))",
)

read_sequence.slip(
    "a-turn-for-each-number",
    "Your loop turns once for each number of a word. Along which axis do the words stand?",
    "range(x.shape[1])",
    "range(x.shape[2])",
)

for _name, _hint, _turns in (
    (
        "sequence",
        "Your loop fills as many steps as there are sequences. Along which axis do the words stand?",
        "range(x.shape[0])",
    ),
    (
        "number",
        "Your loop fills as many steps as a word has numbers. Along which axis do the words stand?",
        "range(x.shape[2])",
    ),
    (
        "word-but-the-last",
        "The memory after the last word is never filled in. How often does your loop turn for three words?",
        "range(x.shape[1] - 1)",
    ),
    (
        "word-but-the-first",
        "Your loop begins with the second word. At which place does the first one stand?",
        "range(1, x.shape[1])",
    ),
):
    read_sequence.slip(
        f"filled-in-a-turn-for-each-{_name}", _hint, "range(x.shape[1])", _turns, of="filled into an array"
    )

read_sequence.slip(
    "filled-along-the-first-axis",
    "One place of your result, `[t]`, is sequence t and not step t. Along which axis do the steps stand in (N, T, F)?",
    "memories[:, t + 1] =",
    "memories[t + 1] =",
    of="filled into an array",
)

read_sequence.slip(
    "one-word-late",
    "Your first step reads the last word, and each other step the word before its own. Which place has the word of step t?",
    "x[:, t] @ kernel",
    "x[:, t - 1] @ kernel",
)

read_sequence.slip(
    "no-bias",
    "Word and memory are in your sums. What is missing in them?",
    " + bias)",
    ")",
)


@read_sequence.mistake(
    "memory-of-another-sentence",
    "Your first sequence is right. The next one begins with what the one before left behind: where does the memory get empty?",
)
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros(len(bias)), np.zeros((x.shape[0], x.shape[1], len(bias)))
    for n in range(x.shape[0]):
        for t in range(x.shape[1]):
            seen[n, t] = h = np.tanh(x[n, t] @ kernel + h @ recurrent_kernel + bias)
    return seen


_EMPTY = "np.zeros((len(x), len(bias)))"
read_sequence.equivalent(
    _EMPTY, "np.zeros((len(x), len(bias)), dtype='uint8')", why="the empty memory is only read: 0 is 0 in every dtype"
)
read_sequence.equivalent("kernel.shape[1]", "recurrent_kernel.shape[1]", why="both are F")
read_sequence.equivalent("x.swapaxes(0, 1)", "x.swapaxes(1, 0)", why="the same two axes")
