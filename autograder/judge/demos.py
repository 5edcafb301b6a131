"""Which demonstrations grading runs: those whose names a later answer, or another cell that is run, needs.

The others are pictures and long trainings, and are skipped. A demonstration is run as it stands in what was handed in:
the answer was written against it, and nbgrader runs the student's cell too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from autograder.runner.bindings import ANY, Names


def needed_demos(names: Mapping[int, Names], demos: Set[int], asked: Mapping[int, Set[str]]) -> set[int]:
    """The places of the demonstrations to run.

    `names` says what each code cell binds and needs, by its place; `demos`, which of them are demonstrations; `asked`,
    which names the checks ask for, by their places.

    >>> cells = {0: Names(binds=frozenset({"tries"})), 1: Names(needs=frozenset({"tries"}))}
    >>> needed_demos(cells, {0}, {}), needed_demos(cells, {0, 1}, {})
    ({0}, set())
    """
    needed: set[int] = set()
    while True:
        run = [place for place in names if place not in demos or place in needed]
        more = _once(names, demos, asked, run) - needed
        if not more:
            return needed
        needed |= more


def _once(names: Mapping[int, Names], demos: Set[int], asked: Mapping[int, Set[str]], run: Sequence[int]) -> set[int]:
    """From the last cell up to the first: the demonstrations that bind a name which is still to be looked up."""
    found: set[int] = set()
    wanted: set[str] = set()
    last = max([place for place in run if place not in demos] + list(asked), default=-1)
    for place in sorted({*names, *asked}, reverse=True):
        cell = names.get(place, Names())
        called = {name for above in run if above < place <= last for name in names[above].later}
        if place in demos and place not in found and (cell.binds & (wanted | called) or (ANY in cell.binds and wanted)):
            found.add(place)
        if place not in demos or place in found:
            wanted = (wanted - cell.surely) | cell.needs | cell.later
        wanted |= asked.get(place, set())
    return found
