"""Choose the weights of an LSTM of one unit by hand so that it remembers the last capital."""

import numpy as np

from course_utils import nn
from course_utils.exercises import ModelExercise, edge, random, small

LONGEST = 60  # small letters after the last capital
ENOUGH = 0.5  # the short memory at the end is to lie beyond this, on the capital's side of 0
SHAPES = {"kernel": (2, 4), "bias": (4,)}
RIGHT = np.array([[0.0, 0, 10, 0], [20, -20, 0, 0], [-10, 10, 0, 10]])  # kernel above bias, columns i f g o


def by_hand():
    """Write opens and keep shuts at a capital; the candidate is the letter; show is always open."""
    kernel = np.array([[0, 0, 10, 0], [20, -20, 0, 0]])
    bias = np.array([-10, 10, 0, 10])
    return kernel, bias


def table_of(answer):
    """Kernel above bias, shape (3, 4); or a sentence that says why the answer is no such pair."""
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return "cell should be a pair in round brackets, (kernel, bias)"
    rows = []
    for (name, shape), part in zip(SHAPES.items(), answer, strict=True):
        try:
            array = np.asarray(part)
        except ValueError:
            return f"{name} should be a table of numbers, its rows equally long"
        if array.dtype.kind not in "biuf":
            return f"{name} should hold numbers only"
        if array.shape != shape:
            return f"{name} should have the shape {shape}, but has {array.shape}"
        if not np.isfinite(array).all():
            return f"{name} holds a number that is not finite"
        rows.append(array.astype(float).reshape(-1, 4))
    return np.concatenate(rows)


def last_memory(table, words):
    """The short memory after the last word. Shapes: table (3, 4), words (T, 2)."""
    h = c = np.zeros((1, 1))
    for word in words[:, None]:
        h, c = nn.lstm_step(word, h, c, table[:2], np.zeros((1, 4)), table[2])
    return h.item()


def wanted(words):
    """The letter of the last capital: 1 or -1."""
    return words[words[:, 1] == 1][-1, 0]


def row(letters, capitals):
    """The words of a row: letters 1 or -1, and the places of the capitals. Shapes: (T, 2)."""
    words = np.zeros((len(letters), 2))
    words[:, 0] = letters
    words[capitals, 1] = 1
    return words


def rows(rng):
    """The rows of a case: names, kinds and words."""
    yield small, "+1 is the capital, then -1 -1", row([1, -1, -1], [0])
    yield small, "-1 is the capital, then +1 +1", row([-1, 1, 1], [0])
    letters = rng.choice([-1, 1], (3, 12))
    for number, places in enumerate(([4], [0, 6], [2, 3, 9])):
        yield random, f"twelve letters, {len(places)} of them capitals", row(letters[number], places)
    for sign in (1, -1):
        around = [-sign] * LONGEST
        yield edge, f"the capital {sign:+d}, then sixty small letters {-sign:+d}", row([sign, *around], [0])
        yield edge, f"sixty small letters {-sign:+d}, then the capital {sign:+d}", row([*around, sign], [LONGEST])
        yield edge, f"the capital {-sign:+d}, then the capital {sign:+d}", row([-sign, sign], [0, 1])
        five = [-sign] * 5
        yield edge, f"five capitals {-sign:+d}, then a capital {sign:+d}", row([*five, sign, -sign], [*range(6)])


EXAM = [words for _, _, words in rows(np.random.default_rng(0))]


def remembers(table):
    """Whether the cell with this table passes every row."""
    return all(last_memory(table, words) * wanted(words) > ENOUGH for words in EXAM)


cell_by_hand = ModelExercise(
    "cell-by-hand", answer="cell", reference=by_hand, points=3, rounds=1, title="A cell that remembers, by hand"
)


@cell_by_hand.cases
def _(rng):
    for kind, name, words in rows(rng):
        yield kind(name, words)


@cell_by_hand.drive
def _(answer, words):
    return answer if isinstance(answer, tuple | list) else None


@cell_by_hand.accept
def _(seen, words):
    table = table_of(seen)
    if isinstance(table, str):
        return table
    sign, memory = wanted(words), last_memory(table, words)
    if memory * sign > ENOUGH:
        return None
    side = f"above {ENOUGH}" if sign > 0 else f"below -{ENOUGH}"
    return f"the last capital is {sign:+g}, and the short memory at the end is {memory:.3f}: it should be {side}"


@cell_by_hand.variant("a table of whole numbers")
def _():
    return np.array([[0, 0, 10, 0], [20, -20, 0, 0]]), np.array([-10, 10, 0, 10])


@cell_by_hand.variant("plain lists, and gates that are wide open")
def _():
    return [[0, 0, 99.0, 0], [200, -200, 0, 0]], [-99, 99, 0, 99]


@cell_by_hand.variant("a candidate no larger than the letter")
def _():
    return [np.array([[0, 0, 1, 0], [18, -18, 0, 0]]), np.array([-9.0, 9.0, 0.0, 9.0])]


@cell_by_hand.variant("write and show open at a capital only a little")
def _():
    return ([[0, 0, 5, 0], [12, -16, 0, 0]], [-9, 8, 0, 3])
