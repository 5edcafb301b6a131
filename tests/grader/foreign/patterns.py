"""Small tests as instructors write them, each with a right and a wrong answer: what nbgrader's scores are compared on.

They stand in two notebooks, in this order, so names that one test makes are there in the next. Two points each.
`DESERVED` says what differs from "right 2, wrong 0, blank 0".
"""

from __future__ import annotations

import importlib.util

from . import kernel, plain, special, system

POINTS = 2.0
FRAMES = special.FRAMES if importlib.util.find_spec("pandas") else {}  # the course itself does not need it
KINDS = (
    *(plain.ASSERTS, plain.VALUES, plain.CALLS, plain.GENERATORS, plain.CLASSES, plain.ERRORS),
    *(
        special.SHOWN,
        special.SOURCES,
        special.MAGICS,
        special.ARRAYS,
        FRAMES,
        special.SCORES,
        special.STDERR,
        special.FILES,
    ),
)
MORE_KINDS = (
    *(kernel.HISTORY, kernel.COMMANDS, kernel.STREAMS, kernel.LOOP, kernel.PICTURES, kernel.WIDGETS),
    *(system.WRITTEN, system.MODULES, system.AROUND, system.POINTS_OF_MANY_FORMS),
)
NOTEBOOKS = {"tests": [name for kind in KINDS for name in kind], "more": [name for kind in MORE_KINDS for name in kind]}
PATTERNS = {name: row for kind in KINDS + MORE_KINDS for name, row in kind.items()}
assert len(PATTERNS) == sum(map(len, KINDS + MORE_KINDS)), "two patterns of one name"

DESERVED = {  # name -> points for the right, the wrong and no answer, where they are not 2, 0 and 0
    "capture-magic": (2, 2, 0),
    "writefile": (2, 2, 2),
    "half-the-points": (1, 0.5, 0),
    "whole-number": (2, 1, 0),
    "a-text": (2, 2, 0),
    "a-truth": (2, 2, 0),
    "a-list": (2, 2, 2),
    "numpy-number": (2, 0.5, 0),
    "silenced": (2, 2, 2),
    "printed": (2, 2, 2),
    "sums": (2, 1, 0),
    "printed-there": (0, 2, 0),
    "warning": (0, 2, 0),
    "logged": (0, 2, 0),
    "divided": (0, 2, 0),
    "two-digits": (0.33, 0.67, 0),
    "all-digits": (1 / 3, 2 / 3, 0),
    "first-value-counts": (1, 0.5, 0),
    "missing-extension": (0, 0, 0),
    "typed-in": (0, 0, 0),
    "end-of-input": (0, 2, 0),
    "typed-into-stdin": (0, 2, 0),
    "breakpoint": (2, 2, 0),
    "cleared-by-the-next": (2, 2, 2),
    "cleared-by-nothing": (0, 0, 0),
    "note-before-the-points": (1.5, 0, 0),
    "many-lines": (0.5, 0, 0),
    "plot-is-the-value": (2, 0.5, 0),
    "widget-is-the-value": (2, 0.5, 0),
    "fraction": (2, 0.5, 0),
    "array-of-none": (2, 0.5, 0),
    "tiny": (0.5, 1e-30, 0),
    "own-repr": (1.5, 2, 0),
    "minus-nought": (0, 0, 0),
    "taken-off": (2, 0.5, 0.5),
    "case-by-case": (2, 1, 0),
    "only-a-comment": (2, 2, 2),
    "empty": (2, 2, 2),
    "leaves-too-late": (2, 2, 0),
}
