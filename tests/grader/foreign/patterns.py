"""Small tests as instructors write them, each with a right and a wrong answer: what nbgrader's scores are compared on.

All stand in one notebook, in this order, so names that one test makes are there in the next. Two points each.
`DESERVED` says what differs from "right 2, wrong 0, blank 0".
"""

from __future__ import annotations

import importlib.util

from . import plain, special

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
PATTERNS = {name: row for kind in KINDS for name, row in kind.items()}

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
}
