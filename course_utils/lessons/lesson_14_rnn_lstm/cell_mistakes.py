"""The cell by hand: which of its parts is at fault, found by repairing it, and in what way, found by how far it opens."""

from itertools import permutations

import numpy as np

from course_utils import nn

from .cell_by_hand import RIGHT, cell_by_hand, remembers, table_of

LETTER, CAPITAL, BIAS = [0, 0, 10, 0], [20, -20, 0, 0], [-10, 10, 0, 10]
ASKED = np.array([[1.0, 0, 1], [-1, 0, 1], [1, 1, 1], [-1, 1, 1]])  # a small +1 and -1, a capital +1 and -1


def fault(seen):
    """The name of what is wrong with a cell; "" for a right one and for one that no single repair makes right."""
    table = table_of(seen)
    if isinstance(table, str):
        return _form(seen)
    if remembers(table):
        return ""
    for order in permutations(range(4)):
        if remembers(table[:, order]):
            return "order-" + "".join(np.array(list("ifgo"))[np.argsort(order)])
    if remembers(table[[1, 0, 2]]):
        return "rows-exchanged"
    for part, name in enumerate((_write, _keep, _candidate, _show)):
        repaired = table.copy()
        repaired[:, part] = RIGHT[:, part]
        if remembers(repaired):
            sums = ASKED @ table[:, part]
            return name(sums[:2], sums[2:])
    return "all-too-small" if remembers(10 * table) else ""


def _form(seen):
    shapes = [np.shape(part) for part in seen] if isinstance(seen, tuple | list) and len(seen) == 2 else []
    names = {((4, 2), (4,)): "kernel-on-its-side", ((4,), (2, 4)): "bias-first"}
    return names.get(tuple(shapes), "") if shapes else "no-pair"


def _write(small, capital):
    small, capital = nn.sigmoid(small), nn.sigmoid(capital)
    if np.ptp(small) > 0.5 or np.ptp(capital) > 0.5:
        return "write-asks-the-letter"
    if small.min() > 0.5:
        return "write-the-wrong-way-round" if capital.max() < 0.5 else "always-writes"
    if np.allclose(capital, 0.5, atol=0.1):
        return "write-half-open-at-a-capital"
    return "never-writes" if capital.max() < 0.4 else "write-not-tight"


def _keep(small, capital):
    small, capital = nn.sigmoid(small), nn.sigmoid(capital)
    if np.ptp(small) > 0.5 or np.ptp(capital) > 0.5:
        return "keep-asks-the-letter"
    if small.max() < 0.6:
        return "keep-the-wrong-way-round" if capital.min() > 0.6 else "never-keeps"
    if capital.min() > 0.6:
        return "never-erases"
    return "keep-half-open-at-a-capital" if np.allclose(capital, 0.5, atol=0.1) else "keep-leaks"


def _candidate(small, capital):
    plus, minus = np.tanh(capital)
    if plus < -0.5 and minus > 0.5:
        return "candidate-the-wrong-way-round"
    if np.sign(plus) == np.sign(minus) and plus:
        return "candidate-asks-the-capital"
    return "candidate-too-small"


def _show(small, capital):
    small, capital = nn.sigmoid(small), nn.sigmoid(capital)
    if np.allclose(small, 0.5, atol=0.15):
        return "shows-half"
    return "shows-only-capitals" if capital.min() > 0.6 and small.max() < 0.5 else "shows-nothing"


def known(name, hint, letter=LETTER, capital=CAPITAL, bias=BIAS, of="a table of whole numbers"):
    """A known mistake: the three rows of the table as a learner would have written them."""
    rights, wrongs = (
        ", ".join(map(str, rows)) for rows in ([[LETTER, CAPITAL], BIAS], [[list(letter), list(capital)], list(bias)])
    )
    right, wrong = (f"np.array({rows}".replace("]], [", "]]), np.array([") + ")" for rows in (rights, wrongs))
    cell_by_hand.slip(name, hint, right, wrong, of=of, when=lambda seen, words: fault(seen) == name)


known(
    "order-ifog",
    "With your last two columns exchanged the cell would be right. In Keras's order the candidate g comes before the gate o.",
    [0, 0, 0, 10],
    bias=[-10, 10, 10, 0],
)
known(
    "order-figo",
    "With your first two columns exchanged the cell would be right. Which comes first in Keras's order, write (i) or keep (f)?",
    capital=[-20, 20, 0, 0],
    bias=[10, -10, 0, 10],
)
known(
    "rows-exchanged",
    "With the two rows of the kernel exchanged the cell would be right. A word is the pair (letter, capital): which row is multiplied by the letter?",
    CAPITAL,
    LETTER,
)
known(
    "always-writes",
    "Your write gate is open at small letters too, so each of them goes into the memory. What should its sum be when the capital is 0?",
    bias=[10, 10, 0, 10],
)
known(
    "never-writes",
    "Your write gate stays shut at a capital. Its sum there is the capital's weight plus the bias: which of the two has to win?",
    capital=[0, -20, 0, 0],
)
known(
    "write-the-wrong-way-round",
    "Your write gate opens at small letters and shuts at capitals. Which signs turn it round?",
    capital=[-20, -20, 0, 0],
    bias=[10, 10, 0, 10],
)
known(
    "write-half-open-at-a-capital",
    "At a capital the sum of your write gate is about 0: weight and bias cancel, and σ(0) is a half. How large must the weight be to win?",
    capital=[10, -20, 0, 0],
)
known(
    "write-not-tight",
    "Your write gate tells capitals from small letters, but not sharply enough: sixty small letters may pass, and each writes a little. What is σ of your two sums?",
    capital=[6, -20, 0, 0],
    bias=[-3, 10, 0, 10],
)
known(
    "write-asks-the-letter",
    "Your write gate opens for one letter and shuts for the other. Which of the two numbers of a word should it ask?",
    [20, 0, 10, 0],
    [0, -20, 0, 0],
)
known(
    "never-keeps",
    "Your keep gate lets half or less of the memory stay at a small letter: after a few of them nothing is left. What should its sum be when the capital is 0?",
    capital=[20, 0, 0, 0],
    bias=[-10, 0, 0, 10],
)
known(
    "keep-leaks",
    "Your keep gate is open at small letters, but not far enough for sixty of them: 0.95 to the power of 60 is 0.05. How near to 1 must it be?",
    bias=[-10, 3, 0, 10],
)
known(
    "never-erases",
    "Your keep gate stays open at a capital, so the new letter is added to the old one. +1 and then −1: what is their sum?",
    capital=[20, 0, 0, 0],
)
known(
    "keep-the-wrong-way-round",
    "Your keep gate shuts at small letters and opens at capitals. When should the memory stay as it is?",
    capital=[20, 20, 0, 0],
    bias=[-10, -10, 0, 10],
)
known(
    "keep-half-open-at-a-capital",
    "At a capital the sum of your keep gate is about 0: weight and bias cancel, and σ(0) is a half. After five capitals the old ones still count: how is the gate shut?",
    capital=[20, -10, 0, 0],
)
known(
    "keep-asks-the-letter",
    "Your keep gate is open for one letter and shut for the other. Which of the two numbers of a word should it ask?",
    [0, 20, 10, 0],
    [20, 0, 0, 0],
    [-10, 0, 0, 10],
)
known(
    "candidate-the-wrong-way-round",
    "Your candidate has the wrong sign: at a capital +1 it is negative. What is to be written, and what is the sign of its weight?",
    [0, 0, -10, 0],
)
known(
    "candidate-asks-the-capital",
    "Your candidate has the same sign for both letters. What is to be remembered: that there was a capital, or which letter it was?",
    [0, 0, 0, 0],
    [20, -20, 10, 0],
)
known(
    "candidate-too-small",
    "All gates are right, and what they let through is small: tanh of your candidate's sum stays below 0.6. How large should its weight be?",
    [0, 0, 0.5, 0],
)
known(
    "shows-half",
    "All else is right, and your show gate is about half open: half of tanh(1) = 0.76 is 0.38. What should its sum be, whatever comes in?",
    bias=[-10, 10, 0, 0],
)
known(
    "shows-nothing",
    "All else is right, and your show gate is shut when the row ends. What should its sum be, whatever comes in?",
    bias=[-10, 10, 0, -10],
)
known(
    "shows-only-capitals",
    "Your show gate opens at a capital and shuts at small letters. When is the memory asked: at the capital, or at the end of the row?",
    capital=[20, -20, 0, 20],
    bias=[-10, 10, 0, -10],
)
known(
    "all-too-small",
    "With ten times your numbers the cell would be right. σ(1) is 0.73: how large must a sum be to open a gate to 0.99?",
    [0, 0, 1, 0],
    [2, -2, 0, 0],
    [-1, 1, 0, 1],
)
cell_by_hand.slip(
    "kernel-on-its-side",
    "Your kernel has a row for each gate. The product is words times kernel: two numbers come in, so how many rows does it have?",
    "[20, -20, 0, 0]])",
    "[20, -20, 0, 0]]).T",
    when=lambda seen, words: fault(seen) == "kernel-on-its-side",
)
cell_by_hand.slip(
    "bias-first",
    "You give the bias first. In which order does the text ask for the two?",
    "np.array([[0, 0, 10, 0], [20, -20, 0, 0]]), np.array([-10, 10, 0, 10])",
    "np.array([-10, 10, 0, 10]), np.array([[0, 0, 10, 0], [20, -20, 0, 0]])",
    when=lambda seen, words: fault(seen) == "bias-first",
)

for _piece in (
    "[0, 0, 10, 0]",
    "[20, -20, 0, 0]",
    "[-10, 10, 0, 10]",
    "np.array([[0, 0, 10, 0], [20, -20, 0, 0]])",
    "np.array([-10, 10, 0, 10])",
    "[0, 0, 99.0, 0]",
    "[200, -200, 0, 0]",
    "[-99, 99, 0, 99]",
    "[0, 0, 1, 0]",
    "[18, -18, 0, 0]",
    "[-9.0, 9.0, 0.0, 9.0]",
    "np.array([[0, 0, 1, 0], [18, -18, 0, 0]])",
    "np.array([-9.0, 9.0, 0.0, 9.0])",
    "[0, 0, 5, 0]",
    "[12, -16, 0, 0]",
    "[-9, 8, 0, 3]",
):
    cell_by_hand.equivalent(_piece, why="every cell that remembers in all rows is right, whatever its numbers")
