"""Exercises of lesson 14: one step of an RNN and of an LSTM, a whole sequence, next words, padding, a review classifier.

The Keras answer is judged by what it does: its prediction is computed again in NumPy from its weights, so the judge
needs no TensorFlow; `keras` below is imported when one of the answers in this table is really run.
"""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, random, small
from .core.compare import family
from .core.lazy import keras
from .core.networks import is_model, no_model, refused, shapes, total

lesson = Lesson("14_rnn_lstm", "Sequences: RNN and LSTM")


def recurrent_weights(rng, inputs, units, parts=1):
    """A random kernel, recurrent kernel and bias."""
    return (
        rng.normal(size=(inputs, parts * units)),
        rng.normal(size=(units, parts * units)),
        rng.normal(size=parts * units),
    )


# One step of an RNN -----------------------------------------------------------------------------------

rnn_step = lesson.function("rnn-step", reference=nn.simple_rnn_step, points=2, title="One step with memory")


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
    yield edge("a large sum", np.full((1, 2), 50.0), np.ones((1, 2)), *recurrent_weights(rng, 2, 2))


@rnn_step.mistake("no-memory", "The new memory depends on the word only. Where does the old memory h come in?")
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(x @ kernel + bias)


@rnn_step.mistake(
    "no-tanh", "The sum is right, but it may grow from step to step without a limit. What keeps it between -1 and 1?"
)
def _(x, h, kernel, recurrent_kernel, bias):
    return x @ kernel + h @ recurrent_kernel + bias


@rnn_step.mistake("sigmoid", "All your memories are positive. Which bend from lesson 02 runs from -1 to 1?")
def _(x, h, kernel, recurrent_kernel, bias):
    return 1 / (1 + np.exp(-(x @ kernel + h @ recurrent_kernel + bias)))


@rnn_step.mistake("no-bias", "The two products are right. What else does every neuron own?")
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(x @ kernel + h @ recurrent_kernel)


@rnn_step.mistake(
    "bent-apart",
    "You bend the word and the memory one by one and add afterwards. In the formula, does tanh stand "
    "around each term or around the sum?",
)
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(x @ kernel + bias) + np.tanh(h @ recurrent_kernel)


@rnn_step.mistake(
    "kernels-swapped",
    "`kernel` has a row for every number of the word, `recurrent_kernel` a row for every number of the "
    "memory. Which is multiplied with which?",
)
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(x @ recurrent_kernel + h @ kernel + bias)


@rnn_step.mistake("memory-added", "You add h as it is. Which weights decide how the old memory counts?")
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(x @ kernel + h + bias)


@rnn_step.mistake(
    "place-by-place",
    "`*` multiplies place by place. Each number of the new memory is a sum over all numbers of the word: which "
    "sign multiplies rows with columns?",
)
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(x * kernel + h * recurrent_kernel + bias)


@rnn_step.variant("one product of word and memory side by side")
def _(x, h, kernel, recurrent_kernel, bias):
    return np.tanh(np.concatenate([x, h], axis=1) @ np.concatenate([kernel, recurrent_kernel]) + bias)


@rnn_step.variant("np.dot, piece by piece")
def _(x, h, kernel, recurrent_kernel, bias):
    total = np.dot(x, kernel)
    total = total + np.dot(h, recurrent_kernel)
    return np.tanh(total + bias)


# A whole sequence -------------------------------------------------------------------------------------


def all_memories(x, kernel, recurrent_kernel, bias):
    """The memory after every step, (N, T, F), starting from zeros."""
    h, seen = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = nn.simple_rnn_step(x[:, t], h, kernel, recurrent_kernel, bias)
        seen.append(h)
    return np.stack(seen, axis=1)


read_sequence = lesson.function("read-sequence", reference=all_memories, points=3, title="Read a sequence")


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
    yield edge("three sequences of a single word", rng.normal(size=(3, 1, 2)), *recurrent_weights(rng, 2, 4))


@read_sequence.mistake(
    "memory-reset",
    "Every step starts from zeros again, so nothing is remembered. Which line must stand *before* the loop?",
)
def _(x, kernel, recurrent_kernel, bias):
    h = np.zeros((len(x), len(bias)))
    return np.stack([np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias) for t in range(x.shape[1])], axis=1)


@read_sequence.mistake(
    "last-only",
    "That is the memory after the last word. Here the memory after *every* word is wanted: where do you collect them?",
)
def _(x, kernel, recurrent_kernel, bias):
    h = np.zeros((len(x), len(bias)))
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
    return h


@read_sequence.mistake(
    "steps-first",
    "Your result has the steps on its first axis. np.stack takes the axis along which it puts the pieces: "
    "which place has T in (N, T, F)?",
)
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return np.stack(seen)


@read_sequence.mistake("read-backwards", "You read the last word first. In which order do the steps come?")
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros((len(x), len(bias))), []
    for t in reversed(range(x.shape[1])):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return np.stack(seen, axis=1)


@read_sequence.mistake(
    "start-included",
    "Your result is one step too long: it begins with the memory before the first word. "
    "When do you collect h, before or after the step?",
)
def _(x, kernel, recurrent_kernel, bias):
    h = np.zeros((len(x), len(bias)))
    seen = [h]
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return np.stack(seen, axis=1)


@read_sequence.mistake(
    "collected-too-early",
    "The first memory you collect is the empty one, and the last is missing. Which comes first in the loop: "
    "the step or the collecting?",
)
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        seen.append(h)
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
    return np.stack(seen, axis=1)


@read_sequence.mistake(
    "starts-from-ones", 'Your memory is not empty before the first word. Which number stands for "nothing remembered"?'
)
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.ones((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return np.stack(seen, axis=1)


@read_sequence.mistake(
    "stacked-last",
    "Your steps stand on the last axis. np.stack takes the axis along which it puts the pieces: which place "
    "has T in (N, T, F), counted from 0?",
)
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return np.stack(seen, axis=-1)


@read_sequence.mistake(
    "not-stacked",
    "The memories are right, but they are a list. Which function makes one array of them, and along which axis?",
)
def _(x, kernel, recurrent_kernel, bias):
    h, seen = np.zeros((len(x), len(bias))), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
        seen.append(h)
    return seen


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


# Next words -------------------------------------------------------------------------------------------


def shifted(sentences):
    """The words to read, and for each of them the word that follows."""
    return sentences[:, :-1], sentences[:, 1:]


next_words = lesson.function("next-words", reference=shifted, points=2, title="The word that follows")


@next_words.cases
def _(rng):
    yield small("one sentence: 4 7 9 2", np.array([[4, 7, 9, 2]]))
    yield random("five sentences of six words", rng.permutation(30).reshape(5, 6) + 1)
    yield edge("two sentences of two words", rng.permutation(4).reshape(2, 2) + 1)


@next_words.mistake(
    "targets-are-inputs",
    "Each word is its own target: the network would only learn to repeat. Which word should it say after the first?",
)
def _(sentences):
    return sentences[:, :-1], sentences[:, :-1]


@next_words.mistake(
    "swapped", "You return the following words first. The pair is: what is read, what should come next."
)
def _(sentences):
    return sentences[:, 1:], sentences[:, :-1]


@next_words.mistake(
    "last-word-only",
    "You keep one target a sentence. After *every* word there is a next one to learn from: how many pairs has a "
    "sentence of four words?",
)
def _(sentences):
    return sentences[:, :-1], sentences[:, -1]


@next_words.mistake(
    "sentences-cut", "You left out whole sentences. Which axis holds the words: the first or the second?"
)
def _(sentences):
    return sentences[:-1], sentences[1:]


@next_words.mistake(
    "last-word-read",
    "The last word has no word after it, so it cannot be an input. Both parts must have the same length.",
)
def _(sentences):
    return sentences, sentences[:, 1:]


@next_words.mistake(
    "rolled", "After the last word your targets start again with the first. What should be left out instead?"
)
def _(sentences):
    return sentences, np.roll(sentences, -1, axis=1)


@next_words.mistake(
    "words-to-read-only",
    "You return the words to read. What the network should say comes with them, as a second array.",
)
def _(sentences):
    return sentences[:, :-1]


@next_words.variant("as a list of two arrays, sentence by sentence")
def _(sentences):
    return [np.array([s[:-1] for s in sentences]), np.array([s[1:] for s in sentences])]


@next_words.variant("np.delete")
def _(sentences):
    return np.delete(sentences, -1, axis=1), np.delete(sentences, 0, axis=1)


# One step of an LSTM ----------------------------------------------------------------------------------

lstm_step = lesson.function("lstm-step", reference=nn.lstm_step, points=4, title="One step of an LSTM")


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
    yield edge(
        "empty memories", rng.normal(size=(2, 3)), np.zeros((2, 3)), np.zeros((2, 3)), *recurrent_weights(rng, 3, 3, 4)
    )


@lstm_step.mistake(
    "output-before-candidate",
    "Your last two quarters are exchanged. In Keras's order the candidate g comes before the output gate o.",
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, o, g = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@lstm_step.mistake(
    "forget-before-input",
    "Your first two quarters are exchanged. Which gate does Keras put first: write (i) or keep (f)?",
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    f, i, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@lstm_step.mistake(
    "candidate-sigmoid",
    "Your candidate is always positive, so writing can only raise the long memory, never lower it. Is g a gate, "
    "or what goes through the gate?",
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = (1 / (1 + np.exp(-z)) for z in np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1))
    c = f * c + i * g
    return o * np.tanh(c), c


@lstm_step.mistake(
    "candidate-not-bent",
    "Gates and order are right. The candidate may be as large as it likes: which bend keeps what is written between "
    "-1 and 1?",
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * g
    return o * np.tanh(c), c


@lstm_step.mistake("no-bias", "The two products are right. What else does every one of the 4F sums own?")
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@lstm_step.mistake("no-short-memory", "Your sums come from the word only. Where does the old short memory h come in?")
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


@lstm_step.mistake(
    "gates-tanh", "A gate is a share: 0 is shut, 1 is open. Yours can be negative. Which bend runs from 0 to 1?"
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(np.tanh(x @ kernel + h @ recurrent_kernel + bias), 4, axis=-1)
    c = f * c + i * g
    return o * np.tanh(c), c


@lstm_step.mistake("never-forgets", "The long memory is kept whole. Which gate decides how much of it stays?")
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = c + i * np.tanh(g)
    return o * np.tanh(c), c


@lstm_step.mistake(
    "cell-not-bent", "The long memory is right. Before it is shown, it has to be brought between -1 and 1. How?"
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * c, c


@lstm_step.mistake(
    "shows-old-cell",
    "Your short memory shows the long memory from *before* this word. Which of c and c_new does the output gate show?",
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    return o * np.tanh(c), f * c + i * np.tanh(g)


@lstm_step.mistake(
    "keeps-short-memory",
    "The keep gate works on the wrong memory. Which of the two, h or c, is carried on from step to step by it?",
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * h + i * np.tanh(g)
    return o * np.tanh(c), c


@lstm_step.mistake(
    "pair-swapped", "Both memories are right, but they come in the wrong order. Which one does the text want first?"
)
def _(x, h, c, kernel, recurrent_kernel, bias):
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c = f * c + i * np.tanh(g)
    return c, o * np.tanh(c)


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


# Padding ----------------------------------------------------------------------------------------------


def padded(sentences, length):
    """Sentences as rows of one array (N, length): zeros after a short one, of a long one the last words."""
    rows = np.zeros((len(sentences), length), np.int32)
    for row, words in zip(rows, sentences, strict=True):
        words = words[-length:]
        row[: len(words)] = words
    return rows


pad = lesson.function("pad", reference=padded, points=2, title="Make all sentences equally long")


@pad.cases
def _(rng):
    def words(*lengths):
        return [rng.integers(1, 100, size) for size in lengths]

    yield small("a short and a long sentence, length 3", [np.array([5, 8]), np.array([1, 2, 3, 4])], 3)
    yield random("five sentences, length 6", words(2, 9, 6, 1, 7), 6)
    yield edge("all too short", words(1, 2), 5)
    yield edge("an empty sentence", [np.zeros(0, int), np.array([7, 6, 5])], 2)


@pad.mistake(
    "zeros-before", "Your zeros stand before the words. That works too, but here they belong after the last word."
)
def _(sentences, length):
    rows = np.zeros((len(sentences), length), int)
    for row, words in zip(rows, sentences, strict=True):
        words = words[-length:]
        row[length - len(words) :] = words
    return rows


@pad.mistake(
    "first-words-kept",
    "Of the long sentence you keep the beginning. A verdict often stands at the end: which slice takes the last words?",
)
def _(sentences, length):
    rows = np.zeros((len(sentences), length), int)
    for row, words in zip(rows, sentences, strict=True):
        row[: len(words)] = words[:length]
    return rows


@pad.mistake("longest-decides", "Your rows are as long as the longest sentence. Which number decides the length here?")
def _(sentences, length):
    rows = np.zeros((len(sentences), max(len(words) for words in sentences)), int)
    for row, words in zip(rows, sentences, strict=True):
        row[: len(words)] = words
    return rows


@pad.mistake(
    "padded-with-ones",
    'You fill up with 1, but 1 is the number of a word (the start sign). Which number means "no word"?',
)
def _(sentences, length):
    rows = np.ones((len(sentences), length), int)
    for row, words in zip(rows, sentences, strict=True):
        words = words[-length:]
        row[: len(words)] = words
    return rows


@pad.mistake(
    "list-of-rows", "The rows are right, but they are a list of lists. Which NumPy function makes one array of them?"
)
def _(sentences, length):
    return [[int(word) for word in words[-length:]] + [0] * (length - len(words)) for words in sentences]


@pad.variant("np.pad")
def _(sentences, length):
    return np.stack([np.pad(words[-length:], (0, max(0, length - len(words)))) for words in sentences])


@pad.variant("lists, then one array")
def _(sentences, length):
    return np.array([(list(words)[-length:] + [0] * length)[:length] for words in sentences])


# Count ------------------------------------------------------------------------------------------------

count = lesson.values(
    "count-parameters",
    points=2,
    title="Count the parameters",
    tolerance=1e-9,
    reference=lambda: {
        "embedding_parameters": 10_000 * 128,
        "lstm_parameters": 4 * (128 * 64 + 64 * 64 + 64),
        "all_parameters": 1_329_473,
    },
)


@count.mistake("one-gate", "That is one part of the LSTM. Three gates and a candidate: how many such parts are there?")
def _():
    return {"lstm_parameters": 128 * 64 + 64 * 64 + 64}


@count.mistake(
    "no-memory-weights",
    "You counted what comes from the word. Each part also reads the 64 numbers of the short memory.",
)
def _():
    return {"lstm_parameters": 4 * (128 * 64 + 64)}


@count.mistake("no-biases", "Every one of the 4 · 64 sums has one more number of its own. Which?")
def _():
    return {"lstm_parameters": 4 * (128 * 64 + 64 * 64)}


@count.mistake("one-row-of-biases", "You gave the LSTM 64 biases. How many sums does it make, with four parts of 64?")
def _():
    return {"lstm_parameters": 4 * (128 * 64 + 64 * 64) + 64}


@count.mistake("times-length", "The number of steps does not count: the same weights are used at every step.")
def _():
    return {"lstm_parameters": 40 * 4 * (128 * 64 + 64 * 64 + 64)}


@count.mistake("three-gates", "Three gates, and a fourth set of weights. What goes through the gate i?")
def _():
    return {"lstm_parameters": 3 * (128 * 64 + 64 * 64 + 64)}


@count.mistake("embedding-with-bias", "An embedding only looks up a row. It adds nothing, so what does it not have?")
def _():
    return {"embedding_parameters": 10_000 * 128 + 128}


@count.mistake(
    "dense-forgotten", "Embedding and LSTM are in your total. Which layer reads the LSTM's 64 numbers at the end?"
)
def _():
    return {"all_parameters": 1_329_408}


@count.mistake(
    "one-too-few",
    "A single number is missing. The neuron at the end weighs 64 numbers and adds them up: what does it add as well?",
)
def _():
    return {"all_parameters": 1_329_472}


@count.variant("NumPy whole numbers")
def _():
    return {"embedding_parameters": np.int64(1_280_000), "lstm_parameters": np.int64(49_408)}


@count.variant("as floats")
def _():
    return {"lstm_parameters": 49_408.0, "all_parameters": 1_329_473.0}


# The classifier ---------------------------------------------------------------------------------------


def classifier(words, size, units):
    """Embedding(words, size) with mask, LSTM(units), one sigmoid; compiled with Adam and binary cross-entropy."""
    model = keras.Sequential([
        keras.Input((None,), dtype="int32"),
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


build_classifier = lesson.function(
    "build-classifier", reference=classifier, points=4, rounds=1, title="A classifier of reviews"
)


@build_classifier.given
def _():
    return {"keras": keras}


@build_classifier.cases
def _(rng):
    lengths = rng.integers(2, 9, 12)
    rows = np.array([np.where(np.arange(9) < n, rng.integers(1, 50, 9), 0) for n in lengths], np.int32)
    labels = rng.permutation([1] * 9 + [0] * 3)  # uneven, so that no first step of plain SGD is as long as Adam's
    yield small("the layers: 50 words, 6 numbers a word, 5 units", rows, labels, (50, 6, 5), "layers")
    yield random("the compiled model: 60 words, 4 numbers a word, 3 units", rows, labels, (60, 4, 3), "compiled")


@build_classifier.drive
def _(answer, rows, labels, sizes, aspect):
    model = answer(*sizes)
    if not hasattr(model, "get_weights"):
        return family(model)
    seen = {"probabilities": model(rows), "weights": model.get_weights()}
    if aspect == "compiled":
        model.run_eagerly = True  # one step is quicker than the translation of the step into a graph
        seen["scores"], seen["refused"] = refused(model.test_on_batch, rows, labels.reshape(-1, 1))
        if not seen["refused"]:
            model.train_on_batch(rows, labels.reshape(-1, 1))
            seen["after"] = model.get_weights()
    return seen


def lstm_forward(seen, rows, masked=True, output=nn.sigmoid):
    """The predictions (N, 1) of embedding, LSTM and one neuron from their weights; a masked step changes nothing."""
    table, kernel, recurrent, bias, out_kernel, out_bias = seen["weights"]
    h, c = np.zeros((2, len(rows), len(recurrent)))
    for words in rows.T:
        h_new, c_new = nn.lstm_step(table[words], h, c, kernel, recurrent, bias)
        here = (words != 0)[:, None] | (not masked)
        h, c = np.where(here, h_new, h), np.where(here, c_new, c)
    return output(h @ out_kernel + out_bias)


def lstm_shapes(words, size, units):
    """The shapes of the weights of embedding, LSTM and one neuron."""
    return [(words, size), (size, 4 * units), (units, 4 * units), (4 * units,), (units, 1), (1,)]


def computes(seen, rows, **options):
    """Whether the model computes exactly this forward pass."""
    expected = lstm_forward(seen, rows, **options)
    return expected.shape == seen["probabilities"].shape and np.allclose(expected, seen["probabilities"], atol=1e-5)


@build_classifier.accept
def _(seen, rows, labels, sizes, aspect):
    if not is_model(seen):
        return no_model(seen, "build_classifier")
    if np.shape(seen["probabilities"]) != (len(rows), 1):
        return f"{len(rows)} reviews should give predictions of shape ({len(rows)}, 1), but gave {np.shape(seen['probabilities'])}"
    if shapes(seen) != lstm_shapes(*sizes):
        return (
            f"with the sizes {sizes} the weights should have the shapes {', '.join(map(str, lstm_shapes(*sizes)))}; yours have "
            f"{', '.join(map(str, shapes(seen)))}, {total(seen)} parameters"
        )
    if not computes(seen, rows):
        return "the predictions are not those of a masked embedding, an LSTM and one sigmoid"
    return learning_problem(seen, labels) if aspect == "compiled" else None


def learning_problem(seen, labels):
    """What is wrong with loss, metrics or optimizer, judged from one evaluation and one step of training."""
    if seen["refused"]:
        return f"Keras cannot evaluate the model: {seen['refused']}"
    loss, *metrics = np.atleast_1d(seen["scores"])
    p = seen["probabilities"][:, 0]
    if abs(loss - cross_entropy(p, labels)) > 1e-3:
        return "the loss is not the binary cross-entropy of the labels 0 and 1"
    if not np.isclose(metrics, np.mean((p > 0.5) == labels), atol=1e-3).any():
        return "the model does not report its accuracy"
    if not np.allclose(np.abs(seen["after"][-1] - seen["weights"][-1]), 0.001, rtol=0.2):
        return "the first step of training is not one of adam with its usual learning rate of 0.001"
    return None


def cross_entropy(p, labels):
    """Mean of -log(probability of the right label)."""
    return float(-np.mean(np.log(np.where(labels == 1, p, 1 - p))))


def built(test):
    """The mistake is recognised by `test(seen, rows)` on a model."""
    return lambda seen, rows, labels, sizes, aspect: is_model(seen) and bool(test(seen, rows))


def fits(seen, rows, sizes):
    """Whether the weights are those of the right layers, so that the forward pass can be computed."""
    return shapes(seen) == lstm_shapes(*sizes) and np.shape(seen["probabilities"]) == (len(rows), 1)


def behaves(**options):
    """The mistake is recognised by a forward pass with these options."""
    return lambda seen, rows, labels, sizes, aspect: (
        is_model(seen) and fits(seen, rows, sizes) and computes(seen, rows, **options)
    )


@build_classifier.mistake(
    "no-return",
    "build_classifier returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])


@build_classifier.mistake(
    "no-mask",
    "The LSTM goes on reading the zeros after the last word and loses what it remembered. "
    "Which option of Embedding says that 0 is no word?",
    when=behaves(masked=False),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "no-sigmoid",
    "The output is a score that may be negative. What turns a score into a probability?",
    when=behaves(output=nn.linear),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "softmax-of-one",
    "Every review gets exactly 1: softmax shares out a whole, and a single neuron gets all of it. "
    "Which activation is for one yes-or-no answer?",
    when=behaves(output=np.ones_like),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "answer-after-every-word",
    "Your model gives an answer after every word. One answer a review is wanted: "
    "which option of LSTM makes it return all steps?",
    when=built(lambda seen, rows: np.ndim(seen["probabilities"]) == 3),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units, return_sequences=True),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "simple-rnn",
    "This layer has one set of weights where an LSTM has four: it is a SimpleRNN, without gates. "
    "Which layer has the gates?",
    when=built(lambda seen, rows: len(shapes(seen)) > 2 and shapes(seen)[1][1:] == shapes(seen)[2][:1]),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.SimpleRNN(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "sizes-fixed",
    "The sizes of your layers do not follow the parameters. Where should `words`, `size` and `units` stand?",
    when=lambda seen, rows, labels, sizes, aspect: (
        is_model(seen) and len(shapes(seen)) == 6 and shapes(seen) == lstm_shapes(10_000, 128, 64)
    ),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(10000, 128, mask_zero=True),
        keras.layers.LSTM(64),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "not-compiled",
    "The layers are right, but Keras does not know yet how to train them. Which step comes between defining "
    "and training?",
    when=built(lambda seen, _: "compile" in seen.get("refused", "")),
)
def _(words, size, units):
    return keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])


@build_classifier.mistake(
    "squared-error",
    "The loss is the squared error. It hardly punishes a sure and wrong answer. Which loss belongs to one "
    "sigmoid (lesson 04)?",
    when=lambda seen, rows, labels, *_: (
        is_model(seen)
        and "after" in seen
        and np.isclose(
            np.atleast_1d(seen["scores"])[0], np.mean((seen["probabilities"][:, 0] - labels) ** 2), atol=1e-4
        )
    ),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "sgd",
    'One step moves each bias by 0.01 times its slope: that is plain gradient descent, "sgd". Which optimizer does '
    "the text ask for?",
    when=lambda seen, rows, labels, *_: (
        is_model(seen)
        and "after" in seen
        and np.allclose(
            seen["after"][-1] - seen["weights"][-1],
            -0.01 * np.mean(seen["probabilities"][:, 0] - labels),
            rtol=0.05,
            atol=1e-6,
        )
    ),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@build_classifier.mistake(
    "no-metrics",
    "The model reports its loss only. Which argument of compile asks for the accuracy as well?",
    when=built(lambda seen, _: "after" in seen and np.size(seen["scores"]) == 1),
)
def _(words, size, units):
    model = keras.Sequential([
        keras.layers.Embedding(words, size, mask_zero=True),
        keras.layers.LSTM(units),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@build_classifier.variant("layer by layer, with objects")
def _(words, size, units):
    model = keras.Sequential()
    model.add(keras.layers.Embedding(words, size, mask_zero=True))
    model.add(keras.layers.LSTM(units))
    model.add(keras.layers.Dense(1, activation=keras.activations.sigmoid))
    model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()])
    return model


@build_classifier.variant("functional, the LSTM as a cell in a loop")
def _(words, size, units):
    numbers = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(words, size, mask_zero=True)(numbers)
    x = keras.layers.RNN(keras.layers.LSTMCell(units))(x)
    model = keras.Model(numbers, keras.layers.Dense(1, "sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
