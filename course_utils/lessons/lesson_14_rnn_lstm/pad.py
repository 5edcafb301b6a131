"""Make one array of sentences of different lengths: zeros after the short ones, of the long ones the end."""

from dataclasses import dataclass

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def padded(sentences, length):
    """Sentences as rows of one array (N, length): zeros after a short one, of a long one the last words."""
    rows = np.zeros((len(sentences), length), np.int32)
    for row, words in zip(rows, sentences, strict=True):
        words = words[-length:]
        row[: len(words)] = words
    return rows


@dataclass(frozen=True)
class WithFractions:
    """An array of floating-point numbers where whole ones are asked for."""

    rows: tuple
    course_type = "NumPy array of numbers with a decimal point, such as 5.0"


class WholeNumbers(FunctionExercise):
    """An exercise whose answer is an array of whole numbers."""

    def observe(self, answer, case):
        rows = super().observe(answer, case)
        fractions = isinstance(rows, np.ndarray) and rows.dtype.kind == "f"
        return WithFractions(tuple(rows.ravel().tolist())) if fractions else rows


pad = WholeNumbers("pad", reference=padded, points=2, title="Make all sentences equally long")


@pad.cases
def _(rng):
    def words(*lengths):
        return [rng.integers(1, 100, size) for size in lengths]

    yield small("a short and a long sentence, length 3", [np.array([5, 8]), np.array([1, 2, 3, 4])], 3)
    yield random("five sentences, length 6", words(2, 9, 6, 1, 7), 6)
    yield edge("word numbers up to 9,999", [rng.integers(300, 10_000, size) for size in (3, 5)], 4)
    yield edge("length 1", words(3, 1, 2), 1)
    yield edge("exactly as long", words(4, 4), 4)
    yield edge("a single sentence of 60 words, length 50", words(60), 50)
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

pad.slip(
    "not-whole-numbers",
    "Your array holds 5.0 where 5 is meant. How do you ask NumPy for an array of whole numbers?",
    "np.zeros((len(sentences), length), int)",
    "np.zeros((len(sentences), length))",
)

pad.slip(
    "small-numbers-only",
    "Words with large numbers become other words: your kind of whole number ends at 255. How large can a word number be?",
    "np.zeros((len(sentences), length), int)",
    "np.zeros((len(sentences), length), np.uint8)",
)

pad.slip(
    "words-reversed",
    "Your words stand in the reverse order. Which of them was read first?",
    "row[: len(words) :] = words",
    "row[: len(words) :] = words[::-1]",
)

pad.slip(
    "last-word-lost",
    "The last word of your sentences is missing. Where does the slice end?",
    "words = words[-length:]",
    "words = words[-length:][:-1]",
)

pad.slip(
    "words-again",
    "A short sentence begins anew where it ends. Which number should fill the rest of its row?",
    "np.pad(words[-length:], (0, max(0, length - len(words))))",
    "np.resize(words[-length:], length)",
    of="np.pad",
)

pad.slip(
    "last-word-again",
    "You fill up with the last word. Which number is that of no word?",
    "len(words))))",
    "len(words))), mode='edge')",
    of="np.pad",
)

pad.slip(
    "short-ones-cut-too",
    "Sentences that are too short lose words. There `len(words) - length` is below 0: from where does a slice count then?",
    "words[-length:]",
    "words[len(words) - length :]",
)

pad.slip(
    "long-ones-not-cut",
    "A long sentence does not fit into its row. Which of its words should stay?",
    "        words = words[-length:]\n",
    "",
)

pad.slip(
    "one-word-too-few",
    "Of a long sentence you keep one word less than would fit. Where does the slice begin?",
    "words[-length:]",
    "words[-length + 1 :]",
)

pad.slip(
    "numbers-up-to-127",
    "Words with large numbers become other words: your kind of whole number ends at 127. How large can a word number be?",
    "np.zeros((len(sentences), length), int)",
    "np.zeros((len(sentences), length), np.int8)",
)


@pad.mistake(
    "just-as-long-stays-zero",
    "A sentence of exactly `length` words stays a row of zeros: it is neither shorter nor longer. Which of your two "
    "comparisons should take it in?",
)
def _(sentences, length):
    rows = np.zeros((len(sentences), length), int)
    for row, words in zip(rows, sentences, strict=True):
        if len(words) < length:
            row[: len(words)] = words
        elif len(words) > length:
            row[:] = words[-length:]
    return rows
