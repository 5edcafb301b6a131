"""Make one array of sentences of different lengths: zeros after the short ones, of the long ones the end."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def padded(sentences, length):
    """Sentences as rows of one array (N, length): zeros after a short one, of a long one the last words."""
    rows = np.zeros((len(sentences), length), np.int32)
    for row, words in zip(rows, sentences, strict=True):
        words = words[-length:]
        row[: len(words)] = words
    return rows


pad = FunctionExercise("pad", reference=padded, points=2, title="Make all sentences equally long")


@pad.cases
def _(rng):
    def words(*lengths):
        return [rng.integers(1, 100, size) for size in lengths]

    yield small("a short and a long sentence, length 3", [np.array([5, 8]), np.array([1, 2, 3, 4])], 3)
    yield random("five sentences, length 6", words(2, 9, 6, 1, 7), 6)
    yield edge("all too short", words(1, 2), 5)
    yield edge("an empty sentence", [np.zeros(0, int), np.array([7, 6, 5])], 2)


@pad.variant("row by row")
def _(sentences, length):
    rows = np.zeros((len(sentences), length), int)
    for row, words in zip(rows, sentences, strict=True):
        words = words[-length:]
        row[: len(words) :] = words
    return rows


@pad.variant("np.pad")
def _(sentences, length):
    return np.stack([np.pad(words[-length:], (0, max(0, length - len(words)))) for words in sentences])


@pad.variant("lists, then one array")
def _(sentences, length):
    return np.array([(list(words)[-length:] + [0] * length)[:length] for words in sentences])


pad.variant("row by row, 32-bit numbers")(padded)

pad.slip(
    "zeros-before",
    "Your zeros stand before the words. That works too, but here they belong after the last word.",
    "row[: len(words) :]",
    "row[length - len(words) :]",
)

pad.slip(
    "first-words-kept",
    "Of the long sentence you keep the beginning. A verdict often stands at the end: which slice takes the last words?",
    "words[-length:]",
    "words[:length]",
)


@pad.mistake("longest-decides", "Your rows are as long as the longest sentence. Which number decides the length here?")
def _(sentences, length):
    rows = np.zeros((len(sentences), max(len(words) for words in sentences)), int)
    for row, words in zip(rows, sentences, strict=True):
        row[: len(words)] = words
    return rows


pad.slip(
    "padded-with-ones",
    'You fill up with 1, but 1 is the number of a word (the start sign). Which number means "no word"?',
    "np.zeros",
    "np.ones",
)

pad.slip(
    "list-of-rows",
    "The rows are right, but they are a list of lists. Which NumPy function makes one array of them?",
    "np.array([(list(words)[-length:] + [0] * length)[:length] for words in sentences])",
    "[(list(words)[-length:] + [0] * length)[:length] for words in sentences]",
    of="lists, then one array",
)
