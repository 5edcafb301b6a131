"""What a learner may read of an exercise beside its hints: a solution with its why, and another way to write it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Explained:
    """Why the solution is as it is; and which other right answer of the table teaches something, and what.

    `variant` is the name of that answer, `way` the sentence about it.
    """

    why: str
    variant: str = ""
    way: str = ""
