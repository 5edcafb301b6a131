"""Shapes that do not fit, and what to look for. As in `advice`."""

from __future__ import annotations

from .advice import Advice

SHAPE_ADVICE = (
    Advice(
        "AxisError",
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "The axes are counted from 0, and this array has {2} of them, so there is no axis {1}. `axis=-1` is the last one, however many there are.",
    ),
    Advice(
        "ValueError",
        r"shapes \([\d,]*\) and \((\d+, ?\d+, ?\d[\d, ]*)\) not aligned",
        "`np.dot` adds along the last axis of the left array and the last but one of the right, which has the shape ({1}) here. "
        "Over which axis did you want to add?",
    ),
    Advice(
        "ValueError",
        r"matmul: .*mismatch.*\(size (\d+) is different from (\d+)\)|shapes .* not aligned",
        "For `@` and `np.dot` the last axis of the left array must be as long as the first one of the right (its last but one, where it has more). "
        "Print both shapes: does one of them need `.T`, have they changed places, or did the step before give another size "
        "than you think?",
    ),
    Advice(
        "ValueError",
        r"matmul: Input operand \d does not have enough dimensions",
        "`@` multiplies arrays. For a single number use `*`.",
    ),
    Advice(
        "ValueError",
        r"operands could not be broadcast together with shapes (\(\d+,\) \(\d+,\d[\d,]*\)|\(\d+,\d[\d,]*\) \(\d+,\))",
        "The shapes {1} do not go together number by number: seen from the right, lengths must be equal or 1. "
        "Has an axis got lost, so that `keepdims=True` or `[:, None]` is missing?",
    ),
    Advice(
        "ValueError",
        r"operands could not be broadcast together with shapes (\([\d,]*\)) (\([\d,]*\))",
        "The shapes {1} and {2} do not go together number by number: seen from the right, lengths must be equal or 1. "
        "Do both arrays of this line belong together: the same rows, the same layer?",
    ),
    Advice(
        "ValueError",
        r"could not broadcast input array from shape (\([\d,]*\)) into shape (\([\d,]*\))",
        "You put something of shape {1} into a place of shape {2}. Print both sides of this line.",
    ),
    Advice(
        "ValueError",
        r"non-broadcastable output operand with shape (\([\d,]*\))",
        "`+=` and its like keep the shape of the left side, {1}, and the right side is larger. Write `a = a + b`.",
    ),
    Advice(
        "ValueError",
        r"cannot reshape array of size (\d+) into shape \([\w,]*\)",
        "There are {1} numbers here. The lengths of the new shape, multiplied, must give just as many; where a -1 stands for one "
        "of them, the others must divide {1}. Is the old shape the one that you think?",
    ),
    Advice(
        "ValueError",
        r"all the input array dimensions .*must match exactly",
        "Arrays can be joined only when all their other axes have the same length. Print their shapes.",
    ),
    Advice(
        "ValueError",
        r"setting an array element with a sequence",
        "The rows have different lengths, or a list stands where one number is wanted.",
    ),
    Advice(
        "IndexError",
        r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)",
        "There are {2} places, counted from 0, so there is no place {1}.",
    ),
    Advice(
        "IndexError", r"too many indices for array", "You give more indices than the array has axes. Print its shape."
    ),
    Advice(
        "IndexError",
        r"(list|tuple) index out of range",
        "Places are counted from 0, so the last is `[-1]`. Does a loop go one too far? Or is it the `shape` of an array with fewer axes?",
    ),
    Advice(
        "IndexError",
        r"arrays used as indices must be of integer",
        "Only whole numbers (or True and False) can choose places. Are these labels floats? `.astype(int)` makes them whole.",
    ),
    Advice(
        "IndexError",
        r"only integers, slices",
        "Only whole numbers can choose places. `/` always gives a float: use `//`, or `int(…)`.",
    ),
    Advice(
        "TypeError",
        r"slice indices must be integers|'float' object cannot be interpreted as an integer|expected a sequence of integers",
        "A whole number is needed here, and this is a float. `/` always gives a float: use `//`, or `int(…)`.",
    ),
    Advice(
        "TypeError",
        r"Cannot interpret '[\d.]+' as a data type|argument for zeros\(\) given by name \('dtype'\) and position",
        "A shape of several lengths is one thing, in brackets of its own: `np.zeros((2, 3))`.",
    ),
    Advice(
        "TypeError",
        r"'(?:[<>]=?)' not supported between instances of '(tuple|list)' and",
        "A {1} is compared with a number. Do the brackets of a function close too early, or is it still to be made an array?",
    ),
)
