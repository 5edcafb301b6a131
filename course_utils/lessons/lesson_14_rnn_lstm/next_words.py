"""Cut sentences into the words to read and, for each of them, the word that follows."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def shifted(sentences):
    """The words to read, and for each of them the word that follows."""
    return sentences[:, :-1], sentences[:, 1:]


next_words = FunctionExercise("next-words", reference=shifted, points=2, title="The word that follows")


@next_words.cases
def _(rng):
    yield small("one sentence: 4 7 9 2", np.array([[4, 7, 9, 2]]))
    yield random("five sentences of six words", rng.permutation(30).reshape(5, 6) + 1)
    yield edge("large word numbers", rng.integers(300, 9999, (3, 12)))
    yield edge("a sentence with the same word twice", np.array([[3, 8, 3, 9, 3, 2]]))
    yield edge("two sentences of two words", rng.permutation(4).reshape(2, 2) + 1)


next_words.variant("two slices")(shifted)


@next_words.variant("as a list of two arrays, sentence by sentence")
def _(sentences):
    return [np.array([s[:-1] for s in sentences]), np.array([s[1:] for s in sentences])]


@next_words.variant("np.delete")
def _(sentences):
    return np.delete(sentences, -1, axis=1), np.delete(sentences, 0, axis=1)


next_words.slip(
    "targets-are-inputs",
    "Each word is its own target: the network would only learn to repeat. Which word should it say after the first?",
    "sentences[:, 1:]",
    "sentences[:, :-1]",
)

next_words.slip(
    "swapped",
    "You return the following words first. The pair is: what is read, what should come next.",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:, 1:], sentences[:, :-1]",
)

next_words.slip(
    "last-word-only",
    (
        "You keep one target a sentence. After *every* word there is a next one to learn from: how many pairs has a "
        "sentence of four words?"
    ),
    "sentences[:, 1:]",
    "sentences[:, -1]",
)

next_words.slip(
    "sentences-cut",
    "You left out whole sentences. Which axis holds the words: the first or the second?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:-1], sentences[1:]",
)

next_words.slip(
    "last-word-read",
    "The last word has no word after it, so it cannot be an input. Both parts must have the same length.",
    "sentences[:, :-1]",
    "sentences",
)

next_words.slip(
    "rolled",
    "After the last word your targets start again with the first. What should be left out instead?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences, np.roll(sentences, -1, axis=1)",
)

next_words.slip(
    "words-before",
    "Your targets are the words *before*. Which way do the words move when the next one is to stand in the place of each?",
    "sentences[:, 1:]",
    "np.roll(sentences, 1, axis=1)[:, :-1]",
)

next_words.slip(
    "words-before-uncut",
    "Your targets are the words *before*: which way must `np.roll` turn? And the last word of a sentence has no next one, so it "
    "is left out of both parts.",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences, np.roll(sentences, 1, axis=1)",
)

next_words.slip(
    "words-to-read-only",
    "You return the words to read. What the network should say comes with them, as a second array.",
    ", sentences[:, 1:]",
    "",
)

next_words.slip(
    "first-word-doubled",
    "You read from the second word on, too. Which word of a sentence is read first?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:, 1:], sentences[:, 1:]",
)

next_words.slip(
    "two-words-further",
    "Your targets lie two words further on, so one is missing. Which word comes directly after the first?",
    "sentences[:, 1:]",
    "sentences[:, 2:]",
)

next_words.slip(
    "words-to-say-only",
    "You return what the network should say. What it reads comes with it, as the first of two arrays.",
    "sentences[:, :-1], ",
    "",
)

next_words.slip(
    "words-read-rolled",
    "The last of your targets is the first word again. Which word follows the last one that is read?",
    "sentences[:, 1:]",
    "np.roll(sentences[:, :-1], -1, axis=1)",
)

next_words.slip(
    "one-target-in-a-column",
    "Your targets are one column, the last words. What should be said after each of the words before?",
    "sentences[:, 1:]",
    "sentences[:, -1:]",
)

next_words.slip(
    "six-words-only",
    "Your slices end at a fixed place, which is right for sentences of six words only. How does a slice end one before the last, however long the row is?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:, :5], sentences[:, 1:6]",
)

next_words.slip(
    "next-number",
    "You count one on from each word number. The word that follows is the next one in the *sentence*: where does it stand?",
    "sentences[:, 1:]",
    "sentences[:, :-1] + 1",
)

next_words.slip(
    "two-left-out",
    "You leave out two words on each side. How many places does the following word lie further on?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:, :-2], sentences[:, 2:]",
)

next_words.slip(
    "last-pair-left-out",
    "The last pair is missing. A slice ends *before* the place behind its colon: does yours stop one too early?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:, :-2], sentences[:, 1:-1]",
)

next_words.slip(
    "last-target-left-out",
    "The last word is missing from both parts. It is not read, but it should be said: where do your targets end?",
    "sentences[:, 1:]",
    "sentences[:, 1:-1]",
)

next_words.slip(
    "read-too-short",
    "You leave out two words at the end of what is read. How many of its words have none after them?",
    "sentences[:, :-1]",
    "sentences[:, :-2]",
)

next_words.slip(
    "first-pair-left-out",
    "The first pair is missing. Places are counted from 0: where does a sentence begin?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:, 1:-1], sentences[:, 2:]",
)

next_words.slip(
    "side-by-side",
    "You put each word and its follower side by side in one array. The text asks for a pair of two arrays.",
    "sentences[:, :-1], sentences[:, 1:]",
    "np.stack([sentences[:, :-1], sentences[:, 1:]], axis=-1)",
)

next_words.slip(
    "in-one-row",
    "All words stand in one row, and the sentences are lost. Which shape does the text give for both?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences[:, :-1].ravel(), sentences[:, 1:].ravel()",
)

next_words.slip(
    "a-sentence-cut-from-the-read",
    "In what is read a whole sentence is left out. Which axis holds the words: the first or the second?",
    "sentences[:, :-1]",
    "sentences[:-1]",
)

next_words.slip(
    "a-sentence-cut-from-the-targets",
    "In what should be said a whole sentence is left out. Which axis holds the words: the first or the second?",
    "sentences[:, 1:]",
    "sentences[1:]",
)

next_words.slip(
    "nothing-left-out",
    "Both of yours are the whole sentence. Which word has none before it, and which has none after it?",
    "sentences[:, :-1], sentences[:, 1:]",
    "sentences, sentences",
)
