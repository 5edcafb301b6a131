"""The rows of an exercise's table: known mistakes and right answers in other forms.

Most mistakes are a right answer with one thing changed. Such a mistake is a *slip*: a text of a variant and what stands
in its place. Two slips of one variant can be made at once, so an answer with two known mistakes is recognised too.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

_AND = " + "  # between the names of two mistakes made at once


@dataclass(frozen=True)
class Variant:
    """A right answer written another way; every check must accept it."""

    name: str
    answer: Any

    @cached_property
    def source(self) -> str:
        """Its code, without decorators."""
        return source_of(self.answer)


@dataclass(frozen=True)
class Slip:
    """In the variant `of`, the text `right` gives way to `wrong`. It must stand there exactly once."""

    of: Variant
    right: str
    wrong: str

    def __post_init__(self) -> None:
        count = self.of.source.count(self.right)
        if count != 1:
            raise ValueError(
                f"The text {self.right!r} of a slip must stand exactly once in the variant {self.of.name!r}, "
                f"and it stands there {count} times:\n{self.of.source}"
            )

    @property
    def span(self) -> tuple[int, int]:
        """Where the text stands in the variant's source."""
        start = self.of.source.index(self.right)
        return start, start + len(self.right)


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that learners really give, and the hint that helps them out of it.

    `source` and `slip` are those of a mistake that was made from a variant. `when(seen, *case)` recognises the mistake
    where running it would not (Keras, training).
    """

    name: str
    hint: str
    answer: Any
    when: Callable[..., bool] | None = None
    source: str = ""
    slip: Slip | None = None


@dataclass(frozen=True)
class Equivalent:
    """A change of a right answer that leaves it right, and why; `wrong` "" stands for anything in place of `right`."""

    right: str
    wrong: str
    why: str

    def covers(self, right: str, wrong: str) -> bool:
        """Whether it speaks of this change."""
        return self.right == right and self.wrong in ("", wrong)


def slipped(name: str, hint: str, *slips: Slip, when: Callable[..., bool] | None = None) -> Mistake:
    """The mistake of whoever makes these slips, which are of one variant and do not overlap."""
    base = slips[0].of
    source = base.source
    for slip in sorted(slips, key=lambda slip: slip.span, reverse=True):
        start, end = slip.span
        source = source[:start] + slip.wrong + source[end:]
    return Mistake(name, hint, compiled(source, base.answer), when, source, slips[0] if len(slips) == 1 else None)


def pairs(mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Mistake]]:
    """The slips that can be made both at once, two by two."""
    slips = [m for m in mistakes if m.slip]
    for one, other in combinations(slips, 2):
        (first, until), (then, end) = sorted([one.slip.span, other.slip.span])
        if one.slip.of is other.slip.of and until <= then and (first, until) != (then, end):
            yield one, other


def both(one: Mistake, other: Mistake) -> Mistake:
    """The answer with both slips; its hint says both things, and what is right in either alone may be wrong here."""
    hint = f"Two things, each told as if it were the only one: {one.hint} And: {other.hint}"
    return slipped(f"{one.name}{_AND}{other.name}", hint, one.slip, other.slip)


def mistakes_in(name: str | None) -> list[str]:
    """The names of the mistakes in a result's `mistake`.

    >>> mistakes_in("no-rate"), mistakes_in("uphill + no-rate"), mistakes_in(None)
    (['no-rate'], ['uphill', 'no-rate'], [])
    """
    return name.split(_AND) if name else []


def source_of(answer: Any) -> str:
    """The code of a function or class, without decorators.

    Errors: ValueError for a lambda, which could not stand in an answer cell.
    """
    if not getattr(answer, "__name__", "") or answer.__name__ == "<lambda>":
        raise ValueError(
            f"No source for {answer!r}: write it with def or class so that it can stand in an answer cell."
        )
    lines = textwrap.dedent(inspect.getsource(answer)).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(("def ", "class ")))
    return "\n".join(lines[start:]) + "\n"


def renamed(source: str, old: str, new: str) -> str:
    """The source of a function or class under another name.

    >>> renamed("def _(x):\\n    return x\\n", "_", "same")
    'def same(x):\\n    return x\\n'
    """
    head, rest = source.split(maxsplit=1)
    return f"{head} {new}{rest.removeprefix(old)}"


def compiled(source: str, like: Any) -> Any:
    """The function or class of this source, in the module of `like` and with its name."""
    names: dict[str, Any] = {}
    code = compile(source, f"<{like.__qualname__}, written again>", "exec", dont_inherit=True)
    exec(code, vars(sys.modules[like.__module__]), names)
    return names[like.__name__]
