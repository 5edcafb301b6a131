"""Read rows of letters from left to right and name the last capital of each."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .letters import letter_rows


def remembered(letters, capitals):
    """For each row the number of its last capital letter."""
    memory = np.zeros(len(letters), dtype=int)
    for t in range(letters.shape[1]):
        memory = np.where(capitals[:, t] == 1, letters[:, t], memory)
    return memory


last_capital = FunctionExercise("last-capital", reference=remembered, points=2, title="Remember the last capital")


@last_capital.cases
def _(rng):
    yield small("one row: a B c D a", np.array([[0, 1, 2, 3, 0]]), np.array([[0, 1, 0, 1, 0]]))
    yield random("six rows, two capitals each", *letter_rows(rng, 6, 6))
    yield edge("sixty small letters after the last capital", *letter_rows(rng, 3, 60))
    yield edge("the last letter is a capital", *letter_rows(rng, 4, 0))
    yield edge("b D A c: the last capital is an A", np.array([[1, 3, 0, 2]]), np.array([[0, 1, 1, 0]]))
    yield edge(
        "A b c d, and a D c b: the capital comes first, and second",
        np.array([[0, 1, 2, 3], [0, 3, 2, 1]]),
        np.array([[1, 0, 0, 0], [0, 1, 0, 0]]),
    )
    yield edge("five capitals in a row of five", rng.integers(0, 4, (2, 5)), np.ones((2, 5), dtype=int))
    yield edge("one letter a row", rng.permutation(4)[:, None], np.ones((4, 1), dtype=int))


@last_capital.variant("row by row")
def _(letters, capitals):
    found = []
    for row, marks in zip(letters, capitals, strict=True):
        memory = 0
        for letter, mark in zip(row, marks, strict=True):
            if mark == 1:
                memory = letter
        found.append(memory)
    return np.array(found)


@last_capital.variant("two gates: write and keep")
def _(letters, capitals):
    memory = np.zeros(len(letters), dtype=int)
    for t in range(letters.shape[1]):
        write = capitals[:, t]
        memory = (1 - write) * memory + write * letters[:, t]
    return memory


@last_capital.variant("from behind")
def _(letters, capitals):
    places = letters.shape[1] - 1 - np.argmax(capitals[:, ::-1], axis=1)
    return letters[np.arange(len(letters)), places]


LOOP, GATES, BEHIND = "row by row", "two gates: write and keep", "from behind"
for _name, _hint, _right, _wrong, _of in (
    (
        "the-first-capital",
        "You return the *first* capital of a row. What should happen to the memory when a second one comes?",
        "memory = letter",
        "memory = letter\n                break",
        LOOP,
    ),
    (
        "the-last-letter",
        "You return the last letter of a row, small or not. Which letters may change the memory?",
        "mark == 1",
        "True",
        LOOP,
    ),
    (
        "the-last-small-letter",
        "You remember the small letters and pass over the capitals. For which of the two is `capitals` 1?",
        "mark == 1",
        "mark == 0",
        LOOP,
    ),
    (
        "the-place-of-the-capital",
        "You return *where* the last capital stands. Which letter stands there?",
        "letters[np.arange(len(letters)), places]",
        "places",
        BEHIND,
    ),
    (
        "the-mark-itself",
        "You remember that there was a capital, not which letter it was. What should be written into the memory?",
        "memory = letter",
        "memory = mark",
        LOOP,
    ),
    (
        "not-kept",
        "A small letter erases your memory. What should the memory be after a letter that is not a capital?",
        "(1 - write) * memory + write",
        "write",
        GATES,
    ),
    (
        "capitals-added-up",
        "You add up the capitals of a row. A new one should take the place of the old one: how much of the old is kept?",
        "(1 - write) * memory",
        "memory",
        GATES,
    ),
    (
        "the-largest-capital",
        "You return the largest number among the capitals of a row, not the last. Does a B after a D change your memory?",
        "mark == 1",
        "mark == 1 and letter > memory",
        LOOP,
    ),
    (
        "an-a-is-never-written",
        "A capital A leaves your memory as it is. Its number is 0, and in a condition 0 counts as False.",
        "mark == 1",
        "mark and letter",
        LOOP,
    ),
    (
        "the-letter-after-the-capital",
        "You return the letter *after* the last capital, and the first one of the row if there is none. At which place should you look?",
        "letters[np.arange(len(letters)), places]",
        "letters[np.arange(len(letters)), (places + 1) % letters.shape[1]]",
        BEHIND,
    ),
    (
        "the-letter-before-the-capital",
        "You return the letter *before* the last capital. At which place should you look?",
        "letters[np.arange(len(letters)), places]",
        "letters[np.arange(len(letters)), places - 1]",
        BEHIND,
    ),
    (
        "the-last-letter-not-read",
        "You stop one letter too early: a capital at the end of a row is missed. Where does `range` end?",
        "range(letters.shape[1])",
        "range(letters.shape[1] - 1)",
        GATES,
    ),
    (
        "the-first-letter-not-read",
        "You begin with the second letter: a capital at the beginning of a row is missed. With which number do places begin?",
        "range(letters.shape[1])",
        "range(1, letters.shape[1])",
        GATES,
    ),
    (
        "a-memory-for-every-step",
        "You return the memory after every letter. Which of them does the text want?",
        "if mark == 1:\n                memory = letter\n        found.append(memory)",
        "if mark == 1:\n                memory = letter\n            found.append(memory)",
        LOOP,
    ),
    (
        "the-last-row-only",
        "You return one letter. There is one for *every* row: which line collects them?",
        "return np.array(found)",
        "return memory",
        LOOP,
    ),
    (
        "in-a-column",
        "The letters are right, and they stand in a column, shape (N, 1). The text asks for the shape (N,).",
        "return np.array(found)",
        "return np.array(found)[:, None]",
        LOOP,
    ),
    (
        "rows-for-places",
        "Your loop counts the rows. Which axis of `letters` counts the letters of a row?",
        "range(letters.shape[1])",
        "range(len(letters))",
        GATES,
    ),
):
    last_capital.slip(_name, _hint, _right, _wrong, of=_of)


@last_capital.mistake(
    "one-memory-for-all-rows",
    "All rows get the same letter. How many memories are needed for N rows?",
)
def _(letters, capitals):
    memory = 0
    for t in range(letters.shape[1]):
        for row in range(len(letters)):
            if capitals[row, t] == 1:
                memory = letters[row, t]
    return np.full(len(letters), memory)


_EVERY_ROW = "every row has a capital, so the first memory never comes out"
last_capital.equivalent("np.zeros(len(letters), dtype=int)", "np.ones(len(letters), dtype=int)", why=_EVERY_ROW)
last_capital.equivalent("np.zeros(len(letters), dtype=int)", "len(letters)", why=_EVERY_ROW)
last_capital.equivalent("memory = 0", "pass", why=_EVERY_ROW)
last_capital.equivalent("0", "1", why=_EVERY_ROW)
last_capital.equivalent("0", "-1", why=_EVERY_ROW)
last_capital.equivalent("letters.shape[1]", "capitals.shape[1]", why="both have the shape (N, T)")
last_capital.equivalent(
    "np.array(found)", "np.array(found, dtype='uint8')", why="the four numbers 0 to 3 are the same in every type"
)
