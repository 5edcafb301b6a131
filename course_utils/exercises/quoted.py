"""Whether a hint quotes code that the learner did not write.

A known mistake is recognised by what it does, and other code may do the same: `np.multiply(x, w)` for `x * w`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .exercise import Exercise
from .program_text import Program
from .table import Mistake, source_of

_QUOTED = re.compile(r"`([^`]+)`")
_TOKEN = re.compile(r"\w+|\*\*|//|[^\w\s]")
SAME_AS = "Your answer does the same as one with this slip."


def hint_for(exercise: Exercise, mistake: Mistake, answer: Any) -> str:
    """The mistake's hint; where it quotes code of the mistake and the answer has none of that, it says so."""
    program = Program.of(answer)
    slips = slips_in(exercise, mistake) if program else []
    own = _tokens("\n".join(program.lines)) if program else ""
    return f"{SAME_AS} {mistake.hint}" if slips and not any(_tokens(slip) in own for slip in slips) else mistake.hint


def slips_in(exercise: Exercise, mistake: Mistake) -> Sequence[str]:
    """The code that a hint quotes from its mistake and that no right answer has."""
    quoted = _QUOTED.findall(mistake.hint)
    if not quoted:
        return []
    wrong = _tokens(exercise.source_of(mistake))
    rights = [source_of(exercise.reference), *map(exercise.source_of, exercise.variants)]
    right = _tokens("\n".join(rights))
    return [text for text in quoted if _tokens(text) in wrong and _tokens(text) not in right]


def _tokens(text: str) -> str:
    """A text without its layout, and with one kind of quotation marks.

    >>> _tokens('dz[:,y]-=1') == _tokens("dz[:, y] -= 1"), _tokens("len") in _tokens("length")
    (True, False)
    """
    return f" {' '.join(_TOKEN.findall(text.replace(chr(34), chr(39))))} "
